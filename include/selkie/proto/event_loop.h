/*
 * An event loop: one thread that waits for signals, interrupts, messages, faults and time, in
 * one place, and calls back.
 *
 *     struct sk_event_loop loop;
 *
 *     sk_event_loop_init(&loop, &(struct sk_event_loop_options){.notification = mine});
 *     SK_TRY(sk_event_loop_add(&loop, &bell.source, BELL_BADGE));
 *     sk_event_loop_run(&loop);            // until sk_event_loop_stop()
 *
 * A loop waits at a notification, and callbacks belong to the bits of its word: each that can
 * signal has a capability with a badge of its own bits. A loop with an endpoint waits there,
 * and the notification is bound to the thread, so that the kernel gives it both. To tell them
 * apart, all badges of the endpoint have the highest bit, SK_EVENT_MESSAGE, and no signal has.
 *
 * What a callback signals or acknowledges need not cost a system call: the last one that it
 * defers is done together with the next wait, and an answer too. See sk_event_loop_defer().
 *
 * Callbacks run one after the other to their end; coroutines (selkie/proto/coroutine.h) can
 * wait in between. All memory is the caller's: sources, servers and timers are linked where
 * they are, and stay there until they are removed. Only the loop's thread uses a loop.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/base/err.h>
#include <selkie/cap/caller.h>
#include <selkie/cap/fault.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/message.h>
#include <selkie/proto/clock.h>

struct sk_event_loop;

/* --- signals and interrupts */

/* The bit that says message, and how many are left for signals. */
#define SK_EVENT_MESSAGE ((seL4_Word)1 << (seL4_WordBits - 1))
#define SK_EVENT_BITS    (seL4_WordBits - 1)

/* A callback for bits of the notification's word. It belongs to one loop at a time. */
struct sk_event_source {
    /* badges: those of its bits that were signalled, at least one. It may remove itself. */
    void (*fn)(struct sk_event_source *self, seL4_Word badges);
    seL4_Word badges; /* set by sk_event_loop_add() */
};

/* An interrupt: it is acknowledged, by deferring, after the callback. */
struct sk_event_irq {
    struct sk_event_source source; /* set by sk_event_loop_add_irq() */
    struct sk_event_loop *loop;
    sk_irq_handler handler;
    void (*fn)(struct sk_event_irq *self);
};

/* --- messages and faults */

/*
 * Who gets the messages whose badge has, under mask, the bits of badge.
 *
 * Where on_fault is set, a message that reports a fault goes there, and all others go to
 * on_message. A client could send what looks like a fault: whose clients choose their labels
 * gives fault endpoints a badge of their own, with a server that has on_fault only.
 */
struct sk_event_server {
    seL4_Word badge;
    seL4_Word mask;
    /* The loop drops the reader. Answers go to sk_event_loop_answer(). */
    void (*on_message)(struct sk_event_server *self, struct sk_event_loop *loop, sk_reader *in);
    /* badge is the one that the fault came with. An answer lets the thread go on. */
    void (*on_fault)(struct sk_event_server *self, struct sk_event_loop *loop, seL4_Word badge,
                     const struct sk_fault *fault);
    struct sk_event_server *next; /* set by sk_event_loop_serve() */
};

/* --- time */

/*
 * A callback at a time. Zeroed, it is not set. They are a list in the order of their times: who
 * has hundreds puts alarms (selkie/driver/alarms.h) behind one.
 */
struct sk_timer {
    void (*fn)(struct sk_timer *self);
    uint64_t when;
    struct sk_timer *next;
    struct sk_timer **place; /* what points to it; null if it is not set */
};

/* --- the loop */

struct sk_event_loop_options {
    sk_notification notification; /* to wait at; with an endpoint, bound to the thread */
    sk_endpoint endpoint;         /* or null */
    sk_caller *caller;            /* with an endpoint: where rights to answer go */
    struct sk_clock *clock;       /* or null; then nothing has a time */
};

struct sk_coroutine;

struct sk_coroutine_queue {
    struct sk_coroutine *first;
    struct sk_coroutine *last;
};

/* For others to look at: strays. */
struct sk_event_loop {
    struct sk_event_loop_options options;
    seL4_Word strays; /* bits that were signalled and have no source, since the beginning */
    bool is_over;
    seL4_CPtr deferred; /* null: nothing is */
    seL4_Word deferred_label;
    sk_builder answer;
    uint64_t timeout; /* as the clock was told */
    struct sk_timer *timers;
    struct sk_timer *due; /* of them, in this turn */
    seL4_Word heard;      /* signals, in this turn */
    struct sk_event_server *servers;
    struct sk_coroutine_queue ready;
    struct sk_coroutine *running;
    struct sk_event_source *by_bit[SK_EVENT_BITS];
};

/* Traps if there is an endpoint without a caller. */
void sk_event_loop_init(struct sk_event_loop *l, const struct sk_event_loop_options *options);

/*
 * Call s->fn for these bits, and for those that it was added with before.
 *
 * SK_ERR_INVALID_ARGUMENT: badges is 0, or has SK_EVENT_MESSAGE.
 * SK_ERR_DELETE_FIRST: one of the bits has a source already, which may be s.
 */
sk_err sk_event_loop_add(struct sk_event_loop *l, struct sk_event_source *s, seL4_Word badges);

/* No longer. What is not there is left alone. */
void sk_event_loop_remove(struct sk_event_loop *l, struct sk_event_source *s);

/*
 * Call irq->fn for an interrupt whose notification capability has this badge; handler and fn
 * are set. Removed as its source. Errors as sk_event_loop_add().
 */
sk_err sk_event_loop_add_irq(struct sk_event_loop *l, struct sk_event_irq *irq,
                             seL4_Word badges);

/*
 * Give s the messages that its badge and mask say, and no earlier server took.
 *
 * SK_ERR_INVALID_ARGUMENT: the loop has no endpoint, or s->badge has bits outside s->mask.
 * SK_ERR_DELETE_FIRST: the loop has s already.
 */
sk_err sk_event_loop_serve(struct sk_event_loop *l, struct sk_event_server *s);

/* No longer. What is not there is left alone. */
void sk_event_loop_unserve(struct sk_event_loop *l, struct sk_event_server *s);

/*
 * Handle what comes next: wait for it, call back, and let coroutines run.
 *
 * A callback may panic, and the turn be caught around: the next one goes on with what is left,
 * timers that are due and signals that came with the other included. An interrupt is
 * acknowledged all the same, a message is not answered unless its callback did so before, and a
 * coroutine that panics has ended. Builders of the callback's own are its to drop (SK_AUTO).
 */
void sk_event_loop_turn(struct sk_event_loop *l);

/* Turn until a callback stops it; then do what is deferred. */
void sk_event_loop_run(struct sk_event_loop *l);
void sk_event_loop_stop(struct sk_event_loop *l);

/* --- for callbacks */

/*
 * Signal n before the loop waits. One signal or acknowledgement is done by the system call that
 * waits, on kernels with MCS; others by a call each, when the next is deferred. To defer the
 * same signal again costs nothing.
 */
void sk_event_loop_defer(struct sk_event_loop *l, sk_notification n);

/* The same for the acknowledgement of an interrupt. */
void sk_event_loop_defer_ack(struct sk_event_loop *l, sk_irq_handler handler);

/* Do what is deferred now, and answer: for who is about to block or to call. */
void sk_event_loop_flush(struct sk_event_loop *l);

/*
 * Answer the message or fault that is handled: by the system call that waits, if nothing is to
 * be run before. The builder is consumed. Once for a message, which was read by then.
 */
static inline void sk_event_loop_answer(struct sk_event_loop *l, sk_builder *out)
{
    sk_own_check(out);
    sk_require(l->answer.is_open == 0);
    l->answer = *out;
    out->is_open = 0; /* the loop holds the buffer now */
}

/*
 * Answer later: the right to answer what is handled goes to *spare, and the loop goes on with
 * spare's place. *spare is one that sk_caller_make() made, or that has answered; it answers
 * with sk_builder_answer().
 *
 * SK_ERR_DELETE_FIRST: as sk_caller_keep().
 */
sk_err sk_event_loop_keep_caller(struct sk_event_loop *l, sk_caller *spare);

/* The clock's time. Traps if there is no clock. */
uint64_t sk_event_loop_now(const struct sk_event_loop *l);

/* The time so many nanoseconds later, or SK_CLOCK_NEVER, if there is no such time. */
uint64_t sk_event_loop_after(const struct sk_event_loop *l, uint64_t nanoseconds);

/* Call t->fn at that time, or as soon as possible; in place of the time that was set before. */
void sk_timer_set(struct sk_event_loop *l, struct sk_timer *t, uint64_t when);

/* Do not. */
void sk_timer_cancel(struct sk_timer *t);
