/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/sched_context.h"

#include "core/budget.h"
#include "core/sched.h"
#include "object/invocation.h"

/* Longer periods could overflow sums of times. */
#define PERIOD_MAXIMUM_US (UINT64_MAX / (SK_CFG_TIMER_FREQUENCY / 1000) / 8)

void sk_ksched_context_release(struct kernel *k, struct sched_context *sc)
{
    struct tcb *t = sc->tcb;

    if (t != 0) {
        sk_ksched_remove(k, t);
        t->sched_context = 0;
        sc->tcb = 0;
    }
}

void sk_ksched_context_donate(struct kernel *k, struct sched_context *sc, struct tcb *t)
{
    sk_ksched_context_release(k, sc);
    sc->tcb = t;
    t->sched_context = sc;
}

static bool is_ready(struct kernel *k, const struct sched_context *sc)
{
    return sc->budget != 0 && sc->refills[sc->refill_head].time <= k->now;
}

static bool is_blocked(const struct tcb *t)
{
    return t->state >= THREAD_ON_RECEIVE;
}

seL4_Error sk_ksched_context_may_bind(struct kernel *k, const struct sched_context *sc,
                                      const struct tcb *t)
{
    if (sc->tcb != 0 || t->sched_context != 0 || (is_blocked(t) && !is_ready(k, sc))) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    return seL4_NoError;
}

void sk_ksched_context_bind(struct kernel *k, struct sched_context *sc, struct tcb *t)
{
    sk_ksched_context_donate(k, sc, t);
    sk_ksched_wake(k, t);
}

static void unbind_notification(struct sched_context *sc)
{
    if (sc->notification != 0) {
        sc->notification->sched_context = 0;
        sc->notification = 0;
    }
}

/* The calls that sc was lent along stay calls, but do not give it back any more. */
static void forget_calls(struct sched_context *sc)
{
    if (sc->reply != 0) {
        sc->reply->sched_context = 0;
        sc->reply = 0;
    }
}

void sk_ksched_context_forget_yield(struct tcb *t)
{
    if (t->yielding_to != 0) {
        t->yielding_to->yield_from = 0;
        t->yielding_to = 0;
    }
}

void sk_ksched_context_yielded(struct tcb *t)
{
    struct sched_context *sc = t->yielding_to;

    sk_arch_message_registers(&t->context)[0] = budget_us(sc->consumed);
    sc->consumed = 0;
    sk_ksched_context_forget_yield(t);
}

void sk_ksched_context_destroy(struct kernel *k, struct sched_context *sc)
{
    if (sc->yield_from != 0) {
        sk_ksched_context_forget_yield(sc->yield_from);
    }
    sk_ksched_context_release(k, sc);
    unbind_notification(sc);
    forget_calls(sc);
    if (k->charged == sc) {
        k->charged = 0;
    }
}

static seL4_Error bind(struct kernel *k, struct invocation *i, struct sched_context *sc)
{
    kcap c = invocation_cap(i, 0);
    seL4_Error e;

    if (i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (cap_type(c) == CAP_TCB) {
        e = sk_ksched_context_may_bind(k, sc, cap_object(c));
        if (e == seL4_NoError) {
            sk_ksched_context_bind(k, sc, cap_object(c));
        }
        return e;
    }
    if (cap_type(c) == CAP_NOTIFICATION) {
        struct notification *n = cap_object(c);

        if (sc->notification != 0 || n->sched_context != 0) {
            return sk_kerror(k, seL4_IllegalOperation);
        }
        sc->notification = n;
        n->sched_context = sc;
        return seL4_NoError;
    }
    return sk_kerror_capability(k, 1);
}

static seL4_Error unbind(struct kernel *k, struct invocation *i, struct sched_context *sc)
{
    if (sc->tcb == i->caller) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    sk_ksched_context_release(k, sc);
    unbind_notification(sc);
    forget_calls(sc);
    return seL4_NoError;
}

static seL4_Error unbind_object(struct kernel *k, struct invocation *i,
                                struct sched_context *sc)
{
    kcap c = invocation_cap(i, 0);

    if (i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (cap_type(c) == CAP_TCB) {
        if (sc->tcb != cap_object(c) || cap_object(c) == i->caller) {
            return sk_kerror(k, seL4_IllegalOperation);
        }
        sk_ksched_context_release(k, sc);
        return seL4_NoError;
    }
    if (cap_type(c) == CAP_NOTIFICATION) {
        if (sc->notification != cap_object(c)) {
            return sk_kerror(k, seL4_IllegalOperation);
        }
        unbind_notification(sc);
        return seL4_NoError;
    }
    return sk_kerror_capability(k, 1);
}

/* Bring the account of the running context up to date. */
static void settle(struct kernel *k)
{
    if (k->charged != 0) {
        (void)sk_kbudget_charge(k->charged, k->now, k->now - k->charged_since);
        k->charged_since = k->now;
        k->must_set_timer = 1;
    }
}

/* Without the time of the caller since it was last switched to. */
static seL4_Error consumed(struct invocation *i, struct sched_context *sc)
{
    invocation_result(i, budget_us(sc->consumed));
    sc->consumed = 0;
    return seL4_NoError;
}

/* The thread of sc comes first among its equals, before the caller if it is one of them. */
static seL4_Error yield_to(struct kernel *k, struct invocation *i, struct sched_context *sc)
{
    struct tcb *t = sc->tcb;

    if (t == 0 || t == i->caller || t->priority > i->caller->max_priority ||
        sc->yield_from != 0) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    invocation_result(i, budget_us(sc->consumed));
    if (!sched_can_run(t)) {
        sc->consumed = 0;
        return seL4_NoError;
    }
    sk_ksched_remove(k, t);
    if (i->is_call) {
        sc->yield_from = i->caller;
        i->caller->yielding_to = sc;
    }
    sk_ksched_enqueue_head(k, i->caller);
    sk_ksched_enqueue_head(k, t);
    k->must_choose = 1;
    return seL4_NoError;
}

seL4_Error sk_ksched_context_invoke(struct kernel *k, struct invocation *i)
{
    struct sched_context *sc = cap_object(i->cap);

    switch (i->label) {
    case SchedContextBind:
        return bind(k, i, sc);
    case SchedContextUnbind:
        return unbind(k, i, sc);
    case SchedContextUnbindObject:
        return unbind_object(k, i, sc);
    case SchedContextConsumed:
        return consumed(i, sc);
    case SchedContextYieldTo:
        return yield_to(k, i, sc);
    default:
        return sk_kerror(k, seL4_IllegalOperation);
    }
}

struct parameters {
    uint64_t budget_us;
    uint64_t period_us;
    uint64_t extra_refills;
    uint64_t badge;
    uint64_t flags;
};

static seL4_Error check_times(struct kernel *k, const struct parameters *p)
{
    if (p->budget_us > PERIOD_MAXIMUM_US || p->budget_us < BUDGET_MINIMUM_US) {
        return sk_kerror_range(k, BUDGET_MINIMUM_US, PERIOD_MAXIMUM_US);
    }
    if (p->period_us > PERIOD_MAXIMUM_US || p->period_us < BUDGET_MINIMUM_US) {
        return sk_kerror_range(k, BUDGET_MINIMUM_US, PERIOD_MAXIMUM_US);
    }
    if (p->budget_us > p->period_us) {
        return sk_kerror_range(k, BUDGET_MINIMUM_US, p->period_us);
    }
    return seL4_NoError;
}

static void configure(struct kernel *k, struct sched_context *sc, const struct parameters *p)
{
    struct tcb *t = sc->tcb;

    settle(k);
    if (t != 0) {
        sk_ksched_remove(k, t);
    }
    sc->badge = p->badge;
    sc->is_sporadic = (p->flags & seL4_SchedContext_Sporadic) != 0;
    if (t != 0 && sched_is_runnable(t) && sc->budget != 0) {
        sk_kbudget_change(sc, k->now, budget_ticks(p->budget_us), budget_ticks(p->period_us),
                          (uint32_t)p->extra_refills + 2);
    } else {
        sk_kbudget_configure(sc, k->now, budget_ticks(p->budget_us), budget_ticks(p->period_us),
                             (uint32_t)p->extra_refills + 2);
    }
    if (t != 0) {
        sk_ksched_wake(k, t);
    }
}

seL4_Error sk_ksched_control_invoke(struct kernel *k, struct invocation *i)
{
    kcap c = invocation_cap(i, 0);
    struct parameters p;
    uint64_t most_extra;
    seL4_Error e;

    if (i->label != SchedControlConfigureFlags) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (i->length < 5 || i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    p = (struct parameters){
        .budget_us = sk_kinvocation_word(i, 0),
        .period_us = sk_kinvocation_word(i, 1),
        .extra_refills = sk_kinvocation_word(i, 2),
        .badge = sk_kinvocation_word(i, 3),
        .flags = sk_kinvocation_word(i, 4),
    };
    e = check_times(k, &p);
    if (e != seL4_NoError) {
        return e;
    }
    if (cap_type(c) != CAP_SCHED_CONTEXT) {
        return sk_kerror_capability(k, 1);
    }
    most_extra = sk_kbudget_capacity(cap_size_bits(c)) - 2;
    if (p.extra_refills > most_extra) {
        return sk_kerror_range(k, 0, most_extra);
    }
    configure(k, cap_object(c), &p);
    return seL4_NoError;
}
