/*
 * The entry of a root task.
 *
 * The kernel starts a root task with no stack, no thread pointer and no message
 * buffer. rt's _start gives it all three, runs the constructors, and then calls
 * the body that the program wrote with SK_ROOT_TASK:
 *
 *     SK_ROOT_TASK(bi)
 *     {
 *         sk_printf("%u free slots\n", (unsigned)(bi->empty.end - bi->empty.start));
 *         return 0;
 *     }
 *
 * The value returned is the exit status (selkie/rt/exit.h). What rt has done when
 * the body runs:
 *
 *   stack         SP is the top of sk_root_stack, and the page below it is unmapped,
 *                 so that an overflow faults (selkie/rt/stack.h);
 *   TLS           every thread-local variable has its initial value (selkie/rt/tls.h);
 *   IPC buffer    seL4_GetIPCBuffer() is the kernel's buffer of the first thread;
 *   constructors  have run, in the order of their priorities;
 *   image         each page can be read, and written or executed if its segment says so, and
 *                 never both; what lies between segments is not mapped.
 *
 * BSS is zeroed by the loader. When the body returns, functions of atexit and destructors run.
 *
 * A program with a main(argc, argv, envp) needs no SK_ROOT_TASK, and can be linked for other
 * environments too (selkie/rt/env.h).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* The program's body. bi stays valid, and unchanged, as long as the program runs. */
int sk_root_task(const seL4_BootInfo *bi);

#define SK_ROOT_TASK(bi) int sk_root_task(__attribute__((unused)) const seL4_BootInfo *bi)
