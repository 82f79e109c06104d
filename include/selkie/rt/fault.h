/*
 * The fault handler: a thread that says what happened when the first thread faults.
 *
 * A program has it if it is linked with "-u sk_fault_start"; nothing in its code changes.
 * rt then starts the handler before the constructors run. On a fault it prints a line like
 *
 *     fault: stack overflow: write to 0x403f50 at pc 0x400120
 *
 * and ends the program with SK_EXIT_FAULT, on every kernel. Without it a debug kernel prints
 * a message of its own, and a release kernel says nothing: the thread stands still.
 *
 * The handler's objects (a TCB and an endpoint; with MCS a scheduling context and a reply
 * too) are made from the smallest RAM untyped that has a page, and are in the last empty
 * slots of the root CNode. Those slots are taken out of the boot info's empty region, so
 * the program does not meet them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* Called by rt, where linked. Panics if there is no memory or no slot. */
void sk_fault_start(seL4_BootInfo *bi);
