/*
 * Semaphores.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/sync/semaphore.h>

#include <selkie/cap/notification.h>

#include "cases.h"
#include "crew.h"

#define ROUNDS  100u
#define PERMITS 2
#define THREADS 5u

const char *a_permit_that_is_free_needs_no_system_call(struct scene *s)
{
    struct sk_semaphore semaphore;

    (void)s;
    sk_semaphore_init(&semaphore, 2, NO_NOTIFICATION);
    sk_semaphore_take(&semaphore);
    WANT(sk_semaphore_try(&semaphore));
    WANT(!sk_semaphore_try(&semaphore));
    sk_semaphore_give(&semaphore);
    {
        SK_AUTO(sk_semaphore_permit) first = sk_semaphore_permit_take(&semaphore);
        SK_AUTO(sk_semaphore_permit) second = sk_semaphore_permit_try(&semaphore);

        WANT(first.semaphore == &semaphore);
        WANT(second.semaphore == NULL);
    }
    sk_semaphore_give(&semaphore);
    WANT(semaphore.state.count == 2);
    sk_semaphore_fini(&semaphore);
    WANT(semaphore.notification.cptr == seL4_CapNull);
    return NULL;
}

static struct room {
    struct sk_semaphore semaphore;
    unsigned inside; /* atomic */
    unsigned most;
    unsigned crowds; /* how often there were too many */
} room;

static void visit(void)
{
    unsigned inside = __atomic_add_fetch(&room.inside, 1, __ATOMIC_RELAXED);

    if (inside > PERMITS) {
        __atomic_fetch_add(&room.crowds, 1, __ATOMIC_RELAXED);
    }
    if (inside > room.most) {
        room.most = inside;
    }
    seL4_Yield();
    __atomic_fetch_sub(&room.inside, 1, __ATOMIC_RELAXED);
}

static void visit_often(struct member *me)
{
    for (unsigned n = 0; n < ROUNDS; n++) {
        if ((n + me->index) % 3 == 0 && sk_semaphore_try(&room.semaphore)) {
            visit();
            sk_semaphore_give(&room.semaphore);
        } else {
            SK_AUTO(sk_semaphore_permit) permit = sk_semaphore_permit_take(&room.semaphore);

            visit();
        }
    }
}

const char *no_more_are_inside_than_there_are_permits(struct scene *s)
{
    crew_begin(s);
    room = (struct room){0};
    sk_semaphore_init(&room.semaphore, PERMITS, crew_notification());
    for (unsigned n = 0; n < THREADS; n++) {
        WANT(crew_add(visit_often, n < 3 ? 100 : 101));
    }
    crew_join();
    WANT(room.crowds == 0);
    WANT(room.most == PERMITS);
    WANT(room.semaphore.state.count == PERMITS);
    sk_semaphore_fini(&room.semaphore);
    return NULL;
}

/* Permits that some give and others take. */
static struct work {
    struct sk_semaphore_shared state; /* as in shared memory */
    sk_notification notifications[2]; /* one semaphore's, the two sides' capabilities */
    unsigned done;
} work;

static void give_many(struct member *me)
{
    (void)me;
    for (unsigned n = 0; n < ROUNDS; n++) {
        (void)sk_semaphore_shared_give(&work.state, work.notifications[0]);
    }
}

static void take_many(struct member *me)
{
    (void)me;
    for (unsigned n = 0; n < ROUNDS; n++) {
        if (n % 4 != 0 || !sk_semaphore_shared_try(&work.state)) {
            sk_semaphore_shared_take(&work.state, work.notifications[1]);
        }
        __atomic_fetch_add(&work.done, 1, __ATOMIC_RELAXED);
    }
}

const char *sides_with_their_own_capabilities_lose_no_permit(struct scene *s)
{
    crew_begin(s);
    work = (struct work){0};
    sk_semaphore_shared_init(&work.state, 0);
    work.notifications[0] = crew_notification();
    work.notifications[1].cptr = scene_slot(s).index;
    WANT(seL4_CNode_Copy(s->cnode, work.notifications[1].cptr, seL4_WordBits, s->cnode,
                         work.notifications[0].cptr, seL4_WordBits,
                         seL4_AllRights) == seL4_NoError);
    for (unsigned n = 0; n < 6; n++) {
        WANT(crew_add(n % 2 == 0 ? give_many : take_many, 100 + n % 3));
    }
    crew_join();
    WANT(work.done == 3 * ROUNDS);
    WANT(work.state.count == 0 && work.state.passes == 0);
    return NULL;
}

/* Who was woken, one after the other. */
static struct order {
    struct sk_semaphore semaphore;
    unsigned count;
    unsigned who[3];
} order;

static void take_in_turn(struct member *me)
{
    sk_semaphore_take(&order.semaphore);
    order.who[order.count++] = me->index;
}

const char *the_kernels_order_decides_who_is_next(struct scene *s)
{
    unsigned first = SK_CFG_KERNEL_MCS ? 2 : 0;

    crew_begin(s);
    order = (struct order){0};
    sk_semaphore_init(&order.semaphore, 0, crew_notification());
    for (unsigned n = 0; n < 3; n++) {
        WANT(crew_add(take_in_turn, 100 + n));
        crew_settle(); /* they come in the order in which they were added */
    }
    WANT(order.count == 0 && order.semaphore.state.count == -3);
    WANT(!sk_semaphore_try(&order.semaphore));
    for (unsigned n = 0; n < 3; n++) {
        sk_semaphore_give(&order.semaphore);
        crew_settle();
        WANT(order.count == n + 1);
    }
    WANT(order.who[0] == first && order.who[1] == 1 && order.who[2] == 2 - first);
    return NULL;
}

const char *a_signal_that_was_left_lets_nobody_through(struct scene *s)
{
    crew_begin(s);
    order = (struct order){0};
    sk_semaphore_init(&order.semaphore, 0, crew_notification());
    sk_notification_signal(order.semaphore.notification);
    WANT(crew_add(take_in_turn, 100));
    crew_settle();
    WANT(order.count == 0 && order.semaphore.state.count == -1);
    sk_semaphore_give(&order.semaphore);
    crew_join();
    WANT(order.count == 1);
    sk_semaphore_fini(&order.semaphore);
    return NULL;
}

static void end(void *arg)
{
    sk_semaphore_fini(arg);
}

static void begin_negative(void *arg)
{
    sk_semaphore_init(arg, -1, NO_NOTIFICATION);
}

static void begin_too_large(void *arg)
{
    int permits = SK_SEMAPHORE_MAX;

    sk_semaphore_init(arg, permits + 1, NO_NOTIFICATION);
}

static void give(void *arg)
{
    sk_semaphore_give(arg);
}

const char *misuse_of_a_semaphore_traps(struct scene *s)
{
    static struct sk_semaphore semaphore;

    crew_begin(s);
    WANT(scene_traps(s, begin_negative, &semaphore));
    WANT(scene_traps(s, begin_too_large, &semaphore));
    sk_semaphore_init(&semaphore, SK_SEMAPHORE_MAX, NO_NOTIFICATION);
    WANT(scene_traps(s, give, &semaphore));

    order = (struct order){0};
    sk_semaphore_init(&order.semaphore, 0, crew_notification());
    WANT(crew_add(take_in_turn, 100));
    crew_settle();
    WANT(scene_traps(s, end, &order.semaphore));
    return NULL;
}
