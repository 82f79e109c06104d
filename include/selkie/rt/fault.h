/*
 * The fault handler: a thread that says what happened when the first thread faults.
 *
 * A program has it if it is linked with "-u sk_fault_start"; nothing in its code changes.
 * rt then starts the handler before the constructors run. On a fault of the first thread, or
 * of one that sk_thread_start() started, it prints a line like
 *
 *     fault: stack overflow in worker: write to 0x403f50 at pc 0x400120 in worker
 *
 * and ends the program with SK_EXIT_FAULT, on every kernel. Without it a debug kernel prints
 * a message of its own, and a release kernel says nothing: the thread stands still.
 *
 * It does so whatever the thread has overwritten: the handler's stack, IPC buffer and what it
 * knows of threads are in pages of its own, with guard pages around them. Limits: a name or a
 * backtrace is as good as the memory that it comes from; a hook for the end
 * (selkie/rt/hooks.h) and a sink of the program's own must live with what they find, pl011's
 * drops the text if its variables are damaged, and then only the status tells of the fault;
 * and nobody reports a fault of the handler's own thread, whose stack has 8 KiB.
 *
 * An access to the page below a stack is called a stack overflow if the stack pointer is
 * there too. Otherwise it is something else that ran up to that page, and the line begins
 * "guard page of worker".
 *
 * The handler is a thread as others are (selkie/rt/thread.h), with an endpoint and, with MCS, a
 * reply object beside; all of it comes from the environment's source.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* Called by rt, where linked. Panics if there is no memory or no slot. */
void sk_fault_start(void);

/*
 * The capability by which the first thread's faults reach the handler: who gives this thread
 * another CSpace says it again. Only where linked.
 */
seL4_CPtr sk_fault_endpoint(void);
