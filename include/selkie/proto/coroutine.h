/*
 * Coroutines: functions that wait in the middle, on an event loop, without a stack each.
 *
 *     struct job {
 *         struct sk_coroutine coroutine;        // first
 *         struct sk_ring_consumer ring;
 *         struct sk_event_bell *bell;
 *     };
 *
 *     SK_COROUTINE(work, struct sk_coroutine *self)
 *     {
 *         struct job *job = (struct job *)self;
 *         uint64_t word;
 *         sk_err e;
 *
 *         SK_COROUTINE_BEGIN(self);
 *         for (;;) {
 *             while ((e = sk_ring_pop(&job->ring, &word)) == SK_OK) {
 *                 use(word);
 *             }
 *             sk_ring_consumer_ring(&job->ring);
 *             if (e != SK_ERR_NOT_READY) {
 *                 break;                          // a broken ring would never let us wait
 *             }
 *             if (!sk_ring_consumer_ask(&job->ring)) {
 *                 SK_AWAIT(self, &job->bell->event);
 *                 if (self->outcome != SK_OK) {
 *                     break;                      // cancelled
 *                 }
 *             }
 *         }
 *         SK_COROUTINE_END(self);
 *     }
 *
 * What there is to know about them:
 *
 * - A wait leaves the function, and comes back to where it left. Locals do not survive that,
 *   and have no value afterwards: what must last is in the struct around the coroutine. Nothing
 *   that is owned (SK_AUTO) may be in scope at a wait: it would be dropped there, and clang
 *   refuses it.
 * - A wait is a statement, and stands in the coroutine's own function: not in one that it
 *   calls, which can be a coroutine of its own that is awaited at its event "ended".
 * - Waits are labels whose address is kept, not cases of a hidden switch: they may stand in
 *   loops and switches, several in a line, and case, break and continue mean what they say.
 * - The function ends with SK_COROUTINE_END, and in no other way: any other way traps.
 * - Whoever cancels a coroutine ends its waits, the one it is in and all later ones, with
 *   SK_ERR_CANCELLED; it runs on from there, cleans up, and ends.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/base/attr.h>
#include <selkie/base/err.h>
#include <selkie/proto/event_loop.h>

/* Something that coroutines wait for. Zeroed, nobody does. */
struct sk_event {
    struct sk_coroutine_queue waiting;
    bool is_over; /* it was fired for the last time: to wait for it ends at once */
};

struct sk_coroutine {
    sk_err outcome; /* of the last wait: SK_OK, SK_ERR_TIMED_OUT or SK_ERR_CANCELLED */
    bool is_cancelled;
    bool is_ended;
    struct sk_event ended; /* fired when it has, for all that wait then or later */
    /* The rest is not for others to look at. */
    void (*fn)(struct sk_coroutine *self);
    struct sk_event_loop *loop;
    void *resume; /* where to go on; null: at the beginning */
    struct sk_timer timer;
    struct sk_coroutine *next;
    struct sk_coroutine *previous;
    struct sk_coroutine_queue *queue; /* that it is in; null: in none */
};

/* An event that a signal fires. */
struct sk_event_bell {
    struct sk_event_source source;
    struct sk_event event;
};

/* --- writing them */

/* The function's head. It exists once, so that the addresses of its labels mean one thing. */
#define SK_COROUTINE(name, self) static SK_ONE_BODY void name(self)

/* After the declarations; before it nothing is done that is not to be done again each time. */
#define SK_COROUTINE_BEGIN(self)                                             \
    do {                                                                     \
        __label__ begin__;                                                   \
        void *there__ = (self)->resume != NULL ? (self)->resume : &&begin__; \
                                                                             \
        goto *there__;                                                       \
    begin__:;                                                                \
    } while (0)

/* The end of the function. */
#define SK_COROUTINE_END(self)       \
    do {                             \
        sk_coroutine_finish((self)); \
        return;                      \
    } while (0)

/* Wait until the event is fired. */
#define SK_AWAIT(self, event) SK_AWAIT_UNTIL((self), (event), SK_CLOCK_NEVER)

/*
 * The same until a time of the loop's clock at most. Then the outcome is SK_ERR_TIMED_OUT; if
 * event is NULL, for which only time is waited, SK_OK.
 */
#define SK_AWAIT_UNTIL(self, event, time)                    \
    do {                                                     \
        __label__ here__;                                    \
        (self)->resume = &&here__;                           \
        if (sk_coroutine_suspend((self), (event), (time))) { \
            return;                                          \
        }                                                    \
    here__:;                                                 \
    } while (0)

/* Wait so many nanoseconds; for ever, if the clock does not go so far. */
#define SK_SLEEP(self, nanoseconds) \
    SK_AWAIT_UNTIL((self), NULL, sk_event_loop_after((self)->loop, (nanoseconds)))

/* Let the others run that are ready, and what the loop waits for be handled. */
#define SK_PAUSE(self)                    \
    do {                                  \
        __label__ here__;                 \
        (self)->resume = &&here__;        \
        if (sk_coroutine_pause((self))) { \
            return;                       \
        }                                 \
    here__:;                              \
    } while (0)

/* --- using them */

/* Start fn(c), in the loop's next turn. All of c is written: it must not be running. */
void sk_coroutine_start(struct sk_coroutine *c, struct sk_event_loop *l,
                        void (*fn)(struct sk_coroutine *self));

/* End all of its waits. Nothing, if it has ended. */
void sk_coroutine_cancel(struct sk_coroutine *c);

/* Let all that wait for the event go on, in the order in which they came to it. */
void sk_event_fire(struct sk_event *e);

/* Fire bell->event when these bits are signalled. Errors as sk_event_loop_add(). */
sk_err sk_event_bell_add(struct sk_event_loop *l, struct sk_event_bell *bell, seL4_Word badges);

/* --- the work of the macros */

/* True: leave the function. False: there is nothing to wait for, go on. */
bool sk_coroutine_suspend(struct sk_coroutine *c, struct sk_event *event, uint64_t when);
bool sk_coroutine_pause(struct sk_coroutine *c);
void sk_coroutine_finish(struct sk_coroutine *c);
