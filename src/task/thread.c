/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

#include <selkie/arch/task/stop.h>
#include <selkie/cap/tcb.h>
#include <selkie/rt/env.h>

/*
 * What sk_thread.waits says. A thread that waits is its own until somebody claims it to stop
 * its wait, who alone may then suspend it: no other system call than those below is ever cut
 * off.
 */
enum { RUNS = 0, WAITS, CLAIMED };

/* The first thread's record does not say it. */
static sk_tcb tcb_of(const struct sk_thread *t)
{
    struct sk_env env;

    if (t->tcb.cptr != seL4_CapNull) {
        return t->tcb;
    }
    sk_env_get(&env);
    return env.tcb;
}

static bool claim(struct sk_thread *t)
{
    unsigned expected = WAITS;

    return __atomic_compare_exchange_n(&t->waits, &expected, CLAIMED, false, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST);
}

void sk_thread_cancel(struct sk_thread *t)
{
    /*
     * The flag is set before the thread is claimed, and sk_thread_wait() says that it waits
     * before it reads the flag: one of the two sees the other (all are SEQ_CST).
     */
    __atomic_store_n(&t->is_cancelled, true, __ATOMIC_SEQ_CST);
    if (t == sk_thread_self() || !claim(t)) {
        return;
    }

    sk_tcb tcb = tcb_of(t);
    /* These fail only on what is no TCB. */
    (void)sk_tcb_suspend(tcb);
    sk_arch_call_stop(tcb.cptr);
    __atomic_store_n(&t->waits, RUNS, __ATOMIC_SEQ_CST);
    (void)sk_tcb_resume(tcb);
}

/* Pairs with the store in sk_thread_cancel(). */
static bool is_cancelled(const struct sk_thread *t)
{
    return __atomic_load_n(&t->is_cancelled, __ATOMIC_SEQ_CST);
}

bool sk_thread_is_cancelled(void)
{
    return is_cancelled(sk_thread_self());
}

/* t no longer waits; whoever has claimed it is let finish, and could be of a lower priority. */
static void leave(struct sk_thread *t)
{
    unsigned expected = WAITS;

    if (__atomic_compare_exchange_n(&t->waits, &expected, RUNS, false, __ATOMIC_SEQ_CST,
                                    __ATOMIC_SEQ_CST)) {
        return;
    }
    while (__atomic_load_n(&t->waits, __ATOMIC_SEQ_CST) == CLAIMED) {
        seL4_Word suspend[8] = {
            [0] = tcb_of(t).cptr,
            [1] = seL4_MessageInfo_new(TCBSuspend, 0, 0, 0).words[0],
            [7] = (seL4_Word)seL4_SysCall,
        };

        (void)sk_arch_call_while(&t->waits, CLAIMED, suspend);
    }
}

bool sk_thread_wait(sk_notification n, seL4_Word *ret_badges)
{
    struct sk_thread *t = sk_thread_self();
    seL4_Word x[8] = {
        [0] = n.cptr,
        [7] = sk_thread_wait_number(),
    };
    bool is_signalled = false;

    __atomic_store_n(&t->waits, WAITS, __ATOMIC_SEQ_CST);
    if (!is_cancelled(t)) {
        is_signalled = sk_arch_call_while(&t->waits, WAITS, x);
    }
    leave(t);
    if (ret_badges != NULL) {
        *ret_badges = is_signalled ? x[0] : 0;
    }
    return is_signalled;
}

sk_err sk_thread_set_priority(struct sk_thread *t, seL4_Word priority)
{
    struct sk_env env;

    sk_env_get(&env);
    return sk_tcb_set_priority(t->tcb, env.tcb, priority);
}
