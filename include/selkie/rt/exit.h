/*
 * Ending the program.
 *
 * A program under "selkie run" ends the machine, and its status becomes the status
 * of the command. Any number from 0 to 119 is the program's own to choose; these
 * have a fixed meaning, and 124 (time-out) and 125 (selkie itself) are selkie's.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/attr.h>

enum sk_exit_status {
    SK_EXIT_PASS = 0,
    SK_EXIT_FAIL = 1,
    SK_EXIT_PANIC = 2, /* sk_panic, a failed sk_assert, a smashed stack */
    SK_EXIT_FAULT = 3, /* an unhandled fault of a thread */
};

/*
 * End the whole program with status, from any thread. A status is a number from 0 to 255;
 * any other ends the program with SK_EXIT_FAIL. On a machine that cannot be ended (no
 * semihosting) the thread stops for good by an undefined instruction. A spawned task cannot end
 * the machine: its first thread and the calling one stop for good. What it tells whoever
 * spawned it, and what becomes of other threads, is up to its hook (SK_ON_EXIT).
 */
SK_NORETURN void sk_exit(int status);

/*
 * C's own ways to end, as <stdlib.h> has them. exit() calls the functions of atexit(), the last
 * one first, and then destructors; so does returning from the program's body. _Exit() is
 * sk_exit(). abort() ends like a panic, but at once: it is not caught, and no drop runs.
 * atexit() takes 32 functions, and returns -1 for more.
 */
SK_NORETURN void exit(int status);
SK_NORETURN void _Exit(int status);
SK_NORETURN void abort(void);
int atexit(void (*function)(void));
