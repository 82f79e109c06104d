/*
 * What the tests of scheduling share: a record of the order of events, threads that consume
 * time, and scheduling contexts with parameters.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "conformance.h"

/* What happened, in order: a letter for each event. {0} is the empty one. */
struct trace {
    volatile unsigned length;
    volatile char letters[64];
};

void trace_add(struct trace *trace, char letter);

/* The events were these. */
#define CHECK_TRACE(trace, expected) trace_check(__FILE__, __LINE__, trace, expected)
void trace_check(const char *file, int line, const struct trace *trace, const char *expected);

/* A thread's argument, for the bodies below and others: set what they use. */
struct actor {
    struct trace *trace;
    char letter;
    seL4_CPtr endpoint;
    seL4_CPtr reply;
    seL4_CPtr notification;
    seL4_Word time_us;
};

/* Bodies of threads. */
void act_once(void *actor);           /* Adds its letter. */
void act_twice_yielding(void *actor); /* Adds its letter, yields, and adds it again. */
void act_for_ever(void *actor);       /* Adds its letter, and then runs for ever. */
void act_and_spin(void *actor);       /* Runs for time_us, then adds its letter. */
void act_on_signals(void *actor);     /* Adds its letter whenever notification is signalled. */
void act_as_server(void *actor);      /* Adds its letter for each message, and replies. */
void act_and_keep(void *actor);  /* Receives a message, adds its letter, waits for a signal,
                                     * replies, and adds 'r'. */
void act_as_client(void *actor); /* Calls endpoint, then adds its letter. */

/* Run for so long; time in which others run does not count. */
void spin_us(seL4_Word us);

/* A new scheduling context that holds the most refills that 2^8 bytes have room for. */
seL4_CPtr context_make(seL4_Word budget_us, seL4_Word period_us, seL4_Word extra_refills,
                       seL4_Word badge);

/* Set the parameters of a context. */
seL4_Error context_configure(seL4_CPtr context, seL4_Word budget_us, seL4_Word period_us);

/* A thread that runs body and has no scheduling context: it is passive. */
struct thread *passive_make(void (*body)(void *arg), void *arg, seL4_Word priority);

/*
 * A thread that ran until it waits, and then lost its context: a passive server. Its
 * context stays in thread->context.
 */
struct thread *passive_run(void (*body)(void *arg), void *arg, seL4_Word priority);

/* A thread without context that would add 'a' at once. */
struct runner {
    struct trace trace;
    struct actor actor;
    struct thread *thread;
    seL4_CPtr context; /* of 10 ms in 10 ms, not bound */
};

void runner_init(struct runner *runner, void (*body)(void *arg));

/* Let a thread report timeout faults to endpoint. */
void set_timeout_endpoint(const struct thread *thread, seL4_CPtr endpoint);
