/*
 * Catching a panic.
 *
 * A program chooses at link time what a panic does ("panic := unwind" or "abort" in its
 * build.mk); its code is the same for both. With unwind, a panic leaves the functions on the
 * stack one by one and runs the drop of every SK_AUTO variable in them, until it comes to an
 * sk_catch:
 *
 *     sk_outcome outcome = sk_catch(serve_one, &request);
 *     if (outcome.how != SK_RETURNED) {
 *         sk_printf("gave up: %s\n", outcome.message);
 *     }
 *
 * If nobody catches, the drops run all the same, and then the program ends with
 * SK_EXIT_PANIC. Whoever starts threads calls their bodies through sk_catch, so that a panic
 * ends the thread only. With abort, sk_catch only calls its function: a panic ends the program
 * where it happened, and no drop runs.
 *
 * The message is printed where the panic happens, caught or not. Nothing here allocates, or
 * uses thread-local variables: a thread without TLS can panic and catch.
 *
 * What ends the program at once, with SK_EXIT_PANIC and no more drops:
 *
 *   - a panic that leaves a drop while another panic runs it (one that an sk_catch inside the
 *     drop stops is well);
 *   - a panic while a panic is being printed, as in a sink of the program's own;
 *   - a panic through code that has no unwind table. The link check of unwinding programs
 *     (src/rt/unwind/link_check.sh) refuses objects that are compiled so.
 *
 * Faults of a thread, traps included, become panics of that thread where the program asks for
 * it by "fault := panic" in its build.mk, if the stack has 4 KiB left. Compilers
 * think that only calls panic: the drops of the function that has the fault run only if it is
 * compiled with gcc's -fnon-call-exceptions, and not after a trap. Those of its callers run,
 * except that clang leaves them out around a call of a function that it has seen to call
 * nothing.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/attr.h>

enum sk_outcome_kind {
    SK_RETURNED = 0,
    SK_PANICKED,
    SK_FAULTED, /* panicked, because of a fault of the thread */
};

/* How a call ended. After SK_RETURNED the other fields mean nothing. */
typedef struct SK_NODISCARD sk_outcome {
    enum sk_outcome_kind how;
    int line;          /* the place that panicked */
    const char *file;  /* NULL after SK_FAULTED */
    char message[112]; /* cut if longer */
} sk_outcome;

/* Call fn(arg), and come back when it returns or panics. */
sk_outcome sk_catch(void (*fn)(void *arg), void *arg);
