/* SPDX-License-Identifier: BSD-2-Clause */
#include "table.h"

#include <sel4/sel4.h>

sk_err table_notification(struct sk_source *source, sk_notification *ret_notification)
{
    sk_slots slot;

    SK_TRY(source->take_slots(source, 1, &slot));
    SK_TRY(source->make_object(source, SK_BLUEPRINT(Notification), slot.first));
    *ret_notification = (sk_notification){sk_slot_cptr(slot.first)};
    return SK_OK;
}

sk_err table_lay(struct table *t, struct sk_source *source)
{
    enum { HUNGRY, CHAIRS = HUNGRY + SK_BARRIER_NOTIFICATIONS, MANNERS, GRACE, FORKS };
    sk_notification n[FORKS + SEATS];

    for (int i = 0; i < FORKS + SEATS; i++) {
        SK_TRY(table_notification(source, &n[i]));
    }
    *t = (struct table){0};
    sk_barrier_init(&t->hungry, SEATS, &n[HUNGRY]);
    sk_semaphore_init(&t->chairs, SEATS - 1, n[CHAIRS]);
    sk_mutex_init(&t->manners, n[MANNERS]);
    sk_once_init(&t->grace, n[GRACE]);
    for (int i = 0; i < SEATS; i++) {
        sk_mutex_init(&t->forks[i], n[FORKS + i]);
    }
    return SK_OK;
}

static bool is_eating(const struct table *t, int seat)
{
    return __atomic_load_n(&t->is_eating[(seat + SEATS) % SEATS], __ATOMIC_RELAXED);
}

void table_eat(struct philosopher *me)
{
    struct table *t = me->table;

    __atomic_store_n(&t->is_eating[me->seat], true, __ATOMIC_RELAXED);
    for (int bite = 0; bite < 3; bite++) {
        if (is_eating(t, me->seat - 1) || is_eating(t, me->seat + 1)) {
            __atomic_fetch_add(&t->quarrels, 1, __ATOMIC_RELAXED);
        }
        seL4_Yield(); /* let others try to take the forks */
    }
    me->meals++;
    __atomic_store_n(&t->is_eating[me->seat], false, __ATOMIC_RELAXED);
}

void table_clear(struct table *t)
{
    sk_barrier_fini(&t->hungry);
    sk_semaphore_fini(&t->chairs);
    sk_condition_fini(&t->put_down);
    sk_mutex_fini(&t->manners);
    sk_once_fini(&t->grace);
    for (int i = 0; i < SEATS; i++) {
        sk_mutex_fini(&t->forks[i]);
    }
}
