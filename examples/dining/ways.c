/* SPDX-License-Identifier: BSD-2-Clause */
#include "ways.h"

static int left(const struct philosopher *me)
{
    return me->seat;
}

static int right(const struct philosopher *me)
{
    return (me->seat + 1) % SEATS;
}

void way_in_order(struct philosopher *me)
{
    struct sk_mutex *forks = me->table->forks;
    int low = left(me) < right(me) ? left(me) : right(me);
    int high = left(me) + right(me) - low;

    SK_AUTO(sk_mutex_guard) first = sk_mutex_guard_take(&forks[low]);
    SK_AUTO(sk_mutex_guard) second = sk_mutex_guard_take(&forks[high]);

    table_eat(me);
}

void way_with_a_chair(struct philosopher *me)
{
    struct table *t = me->table;
    SK_AUTO(sk_semaphore_permit) chair = sk_semaphore_permit_take(&t->chairs);
    SK_AUTO(sk_mutex_guard) first = sk_mutex_guard_take(&t->forks[left(me)]);
    SK_AUTO(sk_mutex_guard) second = sk_mutex_guard_take(&t->forks[right(me)]);

    table_eat(me);
}

static void take_both(struct philosopher *me)
{
    struct table *t = me->table;
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&t->manners);

    while (t->is_taken[left(me)] || t->is_taken[right(me)]) {
        sk_condition_wait(&t->put_down, &guard, me->notification);
    }
    t->is_taken[left(me)] = true;
    t->is_taken[right(me)] = true;
}

static void put_both_down(struct philosopher *me)
{
    struct table *t = me->table;
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&t->manners);

    t->is_taken[left(me)] = false;
    t->is_taken[right(me)] = false;
    sk_condition_wake_all(&t->put_down, &guard);
}

void way_both_or_none(struct philosopher *me)
{
    take_both(me);
    table_eat(me);
    put_both_down(me);
}
