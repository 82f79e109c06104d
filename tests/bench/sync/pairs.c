/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench.h"

#include <stdbool.h>

#include <selkie/rt/thread.h>
#include <selkie/sync/barrier.h>
#include <selkie/sync/condition.h>
#include <selkie/sync/semaphore.h>

#define NOTIFICATIONS 8

/* What the two meet at. The other one does what it is asked to, until it is asked again. */
static struct {
    struct sk_semaphore asked;
    struct sk_semaphore ping;
    struct sk_semaphore pong;
    struct sk_mutex mutex;
    struct sk_condition changed;
    struct sk_barrier barrier;
    sk_notification mine[2];
    bool is_pong; /* under the mutex: whose turn it is */
    void (*part)(unsigned count);
    unsigned count;
} it;

static void lock_and_unlock(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&it.mutex);

        if (i == 0) {
            seL4_Yield(); /* the other one comes, and from now on one always waits */
        }
    }
}

static void answer(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_semaphore_take(&it.ping);
        sk_semaphore_give(&it.pong);
    }
}

/* Wait for our turn, and make it the other's. */
static void take_turns(bool is_pong, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&it.mutex);

        while (it.is_pong != is_pong) {
            sk_condition_wait(&it.changed, &guard, it.mine[is_pong]);
        }
        it.is_pong = !is_pong;
        sk_condition_wake(&it.changed, &guard);
    }
}

static void take_turns_as_pong(unsigned count)
{
    take_turns(true, count);
}

static void meet(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        (void)sk_barrier_wait(&it.barrier);
    }
}

static void ask(void (*part)(unsigned count), unsigned count)
{
    it.part = part;
    it.count = count;
    sk_semaphore_give(&it.asked);
}

static void be_the_other(void *arg)
{
    (void)arg;
    for (;;) {
        sk_semaphore_take(&it.asked);
        it.part(it.count);
    }
}

sk_err pairs_begin(struct sk_source *source)
{
    const struct sk_thread_options options = {.name = "other", .priority = seL4_MaxPrio};
    struct sk_thread *other;
    sk_notification n[NOTIFICATIONS];
    sk_slots slots;

    SK_TRY(source->take_slots(source, NOTIFICATIONS, &slots));
    for (seL4_Word i = 0; i < NOTIFICATIONS; i++) {
        sk_slot slot = sk_slots_get(slots, i);

        SK_TRY(source->make_object(source, SK_BLUEPRINT(Notification), slot));
        n[i] = (sk_notification){sk_slot_cptr(slot)};
    }
    sk_semaphore_init(&it.asked, 0, n[0]);
    sk_semaphore_init(&it.ping, 0, n[1]);
    sk_semaphore_init(&it.pong, 0, n[2]);
    sk_mutex_init(&it.mutex, n[3]);
    sk_condition_init(&it.changed);
    sk_barrier_init(&it.barrier, 2, &n[4]);
    it.mine[0] = n[6];
    it.mine[1] = n[7];
    return sk_thread_start(be_the_other, NULL, &options, &other);
}

/* Each of the two has it half as often. */
void pair_mutex(unsigned count)
{
    ask(lock_and_unlock, count / 2);
    lock_and_unlock(count / 2);
}

void pair_semaphore(unsigned count)
{
    ask(answer, count);
    for (unsigned i = 0; i < count; i++) {
        sk_semaphore_give(&it.ping);
        sk_semaphore_take(&it.pong);
    }
}

void pair_condition(unsigned count)
{
    ask(take_turns_as_pong, count);
    take_turns(false, count);
}

void pair_barrier(unsigned count)
{
    ask(meet, count);
    meet(count);
}
