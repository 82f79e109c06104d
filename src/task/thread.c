/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/thread.h>

#include <selkie/cap/tcb.h>
#include <selkie/rt/env.h>

void sk_thread_cancel(struct sk_thread *t)
{
    /*
     * The flag is set before the place is read, and sk_thread_wait() says the place before it
     * reads the flag: one of the two sees the other (all are SEQ_CST).
     */
    __atomic_store_n(&t->is_cancelled, true, __ATOMIC_SEQ_CST);

    seL4_CPtr waits_at = __atomic_load_n(&t->waits_at, __ATOMIC_SEQ_CST);
    if (waits_at != seL4_CapNull) {
        seL4_Signal(waits_at);
    }
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

bool sk_thread_wait(sk_notification n, seL4_Word *ret_badges)
{
    struct sk_thread *t = sk_thread_self();
    seL4_Word badges = 0;

    __atomic_store_n(&t->waits_at, n.cptr, __ATOMIC_SEQ_CST);
    if (!is_cancelled(t)) {
        seL4_Wait(n.cptr, &badges);
    }
    __atomic_store_n(&t->waits_at, seL4_CapNull, __ATOMIC_SEQ_CST);
    if (ret_badges != NULL) {
        *ret_badges = badges;
    }
    return !is_cancelled(t);
}

sk_err sk_thread_set_priority(struct sk_thread *t, seL4_Word priority)
{
    struct sk_env env;

    sk_env_get(&env);
    return sk_tcb_set_priority(t->tcb, env.tcb, priority);
}
