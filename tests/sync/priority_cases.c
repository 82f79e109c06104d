/*
 * What the headers say of priorities.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/mutex.h>
#include <selkie/cap/notification.h>
#include <selkie/cap/tcb.h>

#include "cases.h"
#include "crew.h"

#define LOW    100
#define MIDDLE 110
#define HIGH   120

static struct run {
    struct sk_mutex mutex;
    sk_notification unlock; /* what the holder waits for */
    sk_notification work;   /* what who is in between waits for */
    unsigned count;
    char order[8]; /* who did what, one after the other */
} run;

static void did(char what)
{
    run.order[__atomic_fetch_add(&run.count, 1, __ATOMIC_RELAXED) % sizeof(run.order)] = what;
}

static bool was(const char *order)
{
    unsigned n = 0;

    while (order[n] != '\0' && run.order[n] == order[n]) {
        n++;
    }
    return order[n] == '\0' && n == run.count;
}

static void begin(struct scene *s)
{
    crew_begin(s);
    run = (struct run){0};
    sk_mutex_init(&run.mutex, crew_notification());
    run.unlock = crew_notification();
    run.work = crew_notification();
}

static void lock_in_turn(struct member *me)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&run.mutex);

    did((char)('0' + me->index));
}

const char *a_mutex_is_handed_to_the_head_of_the_kernels_queue(struct scene *s)
{
    begin(s);
    sk_mutex_lock(&run.mutex);
    for (unsigned n = 0; n < 4; n++) {
        WANT(crew_add(lock_in_turn, n < 2 ? LOW : HIGH));
        crew_settle(); /* they come in this order */
    }
    sk_mutex_unlock(&run.mutex);
    WANT(!sk_mutex_try(&run.mutex)); /* it has been handed over: we come too late */
    crew_join();
    WANT(was(SK_CFG_KERNEL_MCS ? "2301" : "0123"));
    return NULL;
}

static void hold(struct member *me)
{
    (void)me;
    sk_mutex_lock(&run.mutex);
    (void)sk_notification_wait(run.unlock);
    did('l');
    sk_mutex_unlock(&run.mutex);
}

static void want(struct member *me)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&run.mutex);

    (void)me;
    did('h');
}

static void be_busy(struct member *me)
{
    (void)me;
    (void)sk_notification_wait(run.work);
    did('m');
}

/* Low holds what high waits for; then low and middle can go on, at the same moment. */
static const char *meet(struct scene *s, seL4_Word raised)
{
    begin(s);
    WANT(crew_add(hold, LOW));
    crew_settle();
    WANT(crew_add(want, HIGH));
    WANT(crew_add(be_busy, MIDDLE));
    crew_settle();
    WANT(run.count == 0 && run.mutex.users == 2);
    WANT(sk_tcb_set_priority(crew_tcb(0), (sk_tcb){s->tcb}, raised) == SK_OK);
    sk_notification_signal(run.unlock);
    sk_notification_signal(run.work);
    crew_join();
    return NULL;
}

const char *a_waiter_of_high_priority_waits_for_those_in_between(struct scene *s)
{
    const char *wrong = meet(s, LOW);

    if (wrong == NULL) {
        WANT(was("mlh"));
    }
    return wrong;
}

const char *a_holder_that_was_raised_does_not_wait_for_them(struct scene *s)
{
    const char *wrong = meet(s, HIGH);

    if (wrong == NULL) {
        WANT(was("lhm"));
    }
    return wrong;
}
