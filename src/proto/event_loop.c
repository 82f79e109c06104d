/* SPDX-License-Identifier: BSD-2-Clause */
#include "event_loop.h"

void sk_event_loop_init(struct sk_event_loop *l, const struct sk_event_loop_options *options)
{
    sk_require(options->endpoint.cptr == seL4_CapNull || options->caller != NULL);
    *l = (struct sk_event_loop){.options = *options, .timeout = SK_CLOCK_NEVER};
}

/* --- what is deferred */

void sk_event_loop_send_deferred(struct sk_event_loop *l)
{
    if (l->deferred != seL4_CapNull) {
        struct sk_arch_message m = {
            .info = seL4_MessageInfo_new(l->deferred_label, 0, 0, 0).words[0]};

        /* Neither a signal nor an acknowledgement blocks, or has an answer that says more. */
        sk_arch_ipc_send((seL4_Word)seL4_SysSend, l->deferred, m);
        l->deferred = seL4_CapNull;
    }
}

static void defer(struct sk_event_loop *l, seL4_CPtr cptr, seL4_Word label)
{
    if (l->deferred != cptr) {
        sk_event_loop_send_deferred(l);
        l->deferred = cptr;
        l->deferred_label = label;
    }
}

void sk_event_loop_defer(struct sk_event_loop *l, sk_notification n)
{
    defer(l, n.cptr, 0);
}

void sk_event_loop_defer_ack(struct sk_event_loop *l, sk_irq_handler handler)
{
    defer(l, handler.cptr, IRQAckIRQ);
}

static void send_answer(struct sk_event_loop *l)
{
    if (l->answer.is_open != 0) {
        sk_builder_answer(&l->answer, l->options.caller);
    }
}

void sk_event_loop_flush(struct sk_event_loop *l)
{
    sk_event_loop_send_deferred(l);
    send_answer(l);
}

sk_err sk_event_loop_keep_caller(struct sk_event_loop *l, sk_caller *spare)
{
    sk_caller kept;

    sk_own_check(spare);
    sk_require(!spare->is_kept && l->answer.is_open == 0);
    SK_TRY(sk_caller_keep(l->options.caller));
    kept = *l->options.caller;
    *l->options.caller = *spare;
    *spare = kept;
    return SK_OK;
}

/* --- sources and servers */

sk_err sk_event_loop_add(struct sk_event_loop *l, struct sk_event_source *s, seL4_Word badges)
{
    if (badges == 0 || (badges & SK_EVENT_MESSAGE) != 0) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    seL4_Word all = badges;

    for (unsigned bit = 0; bit < SK_EVENT_BITS; bit++) {
        if (l->by_bit[bit] != NULL && (badges >> bit & 1) != 0) {
            return SK_ERR_DELETE_FIRST;
        }
        all |= l->by_bit[bit] == s ? (seL4_Word)1 << bit : 0;
    }
    for (seL4_Word left = badges; left != 0; left &= left - 1) {
        l->by_bit[__builtin_ctzl(left)] = s;
    }
    s->badges = all;
    return SK_OK;
}

void sk_event_loop_remove(struct sk_event_loop *l, struct sk_event_source *s)
{
    for (unsigned bit = 0; bit < SK_EVENT_BITS; bit++) {
        if (l->by_bit[bit] == s) {
            l->by_bit[bit] = NULL;
        }
    }
}

/* An acknowledgement that is owed, also when the callback panics. */
struct debt {
    struct sk_event_loop *loop;
    sk_irq_handler handler;
};

static void debt_drop(const struct debt *d)
{
    sk_event_loop_defer_ack(d->loop, d->handler);
}

static void on_irq(struct sk_event_source *self, seL4_Word badges)
{
    struct sk_event_irq *irq = (struct sk_event_irq *)self;
    __attribute__((cleanup(debt_drop), unused))
    const struct debt debt = {irq->loop, irq->handler};

    (void)badges;
    irq->fn(irq); /* may be its last act */
}

sk_err sk_event_loop_add_irq(struct sk_event_loop *l, struct sk_event_irq *irq,
                             seL4_Word badges)
{
    SK_TRY(sk_event_loop_add(l, &irq->source, badges));
    irq->source.fn = on_irq;
    irq->loop = l;
    return SK_OK;
}

sk_err sk_event_loop_serve(struct sk_event_loop *l, struct sk_event_server *s)
{
    struct sk_event_server **last = &l->servers;

    if (l->options.endpoint.cptr == seL4_CapNull || (s->badge & ~s->mask) != 0) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    while (*last != NULL) {
        if (*last == s) {
            return SK_ERR_DELETE_FIRST;
        }
        last = &(*last)->next;
    }
    s->next = NULL;
    *last = s;
    return SK_OK;
}

void sk_event_loop_unserve(struct sk_event_loop *l, struct sk_event_server *s)
{
    struct sk_event_server **place = &l->servers;

    while (*place != NULL && *place != s) {
        place = &(*place)->next;
    }
    if (*place == s) {
        *place = s->next;
    }
}

/* What is left when a callback panics is in the loop, for the next turn. */
static void dispatch_signals(struct sk_event_loop *l, seL4_Word badges)
{
    l->heard |= badges;
    while (l->heard != 0) {
        struct sk_event_source *s = l->by_bit[__builtin_ctzl(l->heard)];
        seL4_Word first = l->heard & -l->heard;
        seL4_Word all = s != NULL ? s->badges | first : first;
        seL4_Word its = l->heard & all;

        l->heard &= ~all;
        if (s != NULL) {
            s->fn(s, its);
        } else {
            l->strays |= its;
        }
    }
}

/* Is it a fault's? The reader stays at the beginning. */
static bool read_fault(const sk_reader *in, struct sk_fault *ret_fault)
{
    sk_reader copy = *in; /* reads on its own; the buffer is the other's to let go */

    return sk_fault_read(&copy, ret_fault) == SK_OK;
}

static void dispatch_message(struct sk_event_loop *l, sk_reader *in)
{
    struct sk_event_server *s = l->servers;
    struct sk_fault fault;

    while (s != NULL && (in->badge & s->mask) != s->badge) {
        s = s->next;
    }
    if (s == NULL) {
        return; /* nobody answers: as if it had been sent to nobody */
    }
    if (s->on_fault != NULL && read_fault(in, &fault)) {
        seL4_Word badge = in->badge;

        sk_reader_drop(in);
        s->on_fault(s, l, badge, &fault);
    } else if (s->on_message != NULL) {
        s->on_message(s, l, in);
    }
}

/* --- time */

uint64_t sk_event_loop_now(const struct sk_event_loop *l)
{
    sk_require(l->options.clock != NULL);
    return l->options.clock->now(l->options.clock);
}

uint64_t sk_event_loop_after(const struct sk_event_loop *l, uint64_t nanoseconds)
{
    uint64_t now = sk_event_loop_now(l);

    return nanoseconds < SK_CLOCK_NEVER - now ? now + nanoseconds : SK_CLOCK_NEVER;
}

void sk_timer_cancel(struct sk_timer *t)
{
    if (t->place != NULL) {
        *t->place = t->next;
        if (t->next != NULL) {
            t->next->place = t->place;
        }
        t->place = NULL;
    }
}

void sk_timer_set(struct sk_event_loop *l, struct sk_timer *t, uint64_t when)
{
    struct sk_timer **place = &l->timers;

    sk_require(l->options.clock != NULL);
    sk_timer_cancel(t);
    while (*place != NULL && (*place)->when <= when) {
        place = &(*place)->next;
    }
    t->when = when;
    t->next = *place;
    t->place = place;
    if (t->next != NULL) {
        t->next->place = &t->next;
    }
    *place = t;
}

static bool is_due(const struct sk_event_loop *l)
{
    return l->due != NULL || (l->timers != NULL && l->timers->when <= sk_event_loop_now(l));
}

/* Those that are due now go behind those that were, and did not run because one panicked. */
static void collect_due(struct sk_event_loop *l)
{
    uint64_t now = sk_event_loop_now(l);
    struct sk_timer *first = l->timers;
    struct sk_timer **rest = &l->timers;
    struct sk_timer **end = &l->due;

    while (*rest != NULL && (*rest)->when <= now) {
        rest = &(*rest)->next;
    }
    if (rest == &l->timers) {
        return;
    }
    while (*end != NULL) {
        end = &(*end)->next;
    }
    l->timers = *rest;
    if (l->timers != NULL) {
        l->timers->place = &l->timers;
    }
    *rest = NULL;
    *end = first;
    first->place = end; /* they can be cancelled as before */
}

/* What they set is for the next turn, even if it is in the past. */
static void run_timers(struct sk_event_loop *l)
{
    collect_due(l);
    while (l->due != NULL) {
        struct sk_timer *t = l->due;

        sk_timer_cancel(t);
        t->fn(t);
    }
}

static void tell_clock(struct sk_event_loop *l)
{
    uint64_t when = l->timers != NULL ? l->timers->when : SK_CLOCK_NEVER;

    if (when != l->timeout) {
        l->timeout = when;
        l->options.clock->set_timeout(l->options.clock, when);
    }
}

/* --- turning */

/* What is there now, if anything is. */
static void poll(struct sk_event_loop *l, sk_reader *ret_in)
{
    bool has_endpoint = l->options.endpoint.cptr != seL4_CapNull;
    struct sk_arch_message m = {0};

    sk_event_loop_flush(l);
    if (has_endpoint) {
        sk_require(!l->options.caller->is_kept);
        sk_message_hold();
        sk_caller_note(l->options.caller);
    }
    *ret_in = sk_reader_of(sk_arch_ipc_exchange(
        (seL4_Word)seL4_SysNBRecv,
        has_endpoint ? l->options.endpoint.cptr : l->options.notification.cptr, m,
        has_endpoint ? l->options.caller->cptr : seL4_CapNull));
}

void sk_event_loop_turn(struct sk_event_loop *l)
{
    bool is_busy = l->heard != 0;
    SK_AUTO(sk_reader) in = {0}; /* a callback that panics leaves no IPC buffer held */

    if (is_due(l)) {
        send_answer(l); /* callbacks may use the IPC buffer */
        run_timers(l);
        is_busy = is_busy || is_due(l);
    }
    if (l->ready.first != NULL) {
        send_answer(l);
        sk_event_loop_run_ready(l);
        is_busy = is_busy || l->ready.first != NULL || is_due(l);
    }
    if (l->is_over) {
        return;
    }
    if (!is_busy && l->options.clock != NULL) {
        tell_clock(l);
    }
    if (is_busy) {
        poll(l, &in);
    } else if (l->options.endpoint.cptr != seL4_CapNull) {
        sk_event_loop_wait_message(l, &in);
    } else {
        sk_event_loop_wait_signal(l, &in);
    }
    if ((in.badge & SK_EVENT_MESSAGE) != 0) {
        dispatch_message(l, &in);
    } else {
        if (l->options.endpoint.cptr != seL4_CapNull) {
            sk_reader_drop(&in); /* a signal has no message */
        }
        in.is_open = 0;
        dispatch_signals(l, in.badge);
    }
}

void sk_event_loop_run(struct sk_event_loop *l)
{
    l->is_over = false;
    while (!l->is_over) {
        sk_event_loop_turn(l);
    }
    sk_event_loop_flush(l);
}

void sk_event_loop_stop(struct sk_event_loop *l)
{
    l->is_over = true;
}
