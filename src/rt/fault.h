/*
 * What the fault handler's files share. fault_mcs.c and fault_classic.c are the two kernels'
 * ways of giving a thread time and of receiving.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* Where the handler's objects come from: one untyped, and slots from the end. */
struct fault_source {
    seL4_BootInfo *bi;
    seL4_CPtr untyped;
};

/* Make an object in the last empty slot, or panic. Larger objects first. */
seL4_CPtr sk_fault_make(struct fault_source *source, seL4_Word type, seL4_Word size_bits);

/* Panic, naming the fault handler, unless error is seL4_NoError. */
void sk_fault_check(seL4_Error error);

/* Give the thread of tcb the time to run; it must not need any from then on. */
void sk_fault_give_time(struct fault_source *source, seL4_CPtr tcb);

/*
 * Receive on endpoint, as the handler's thread. The first words of the message are put into
 * word; the rest is in the thread's IPC buffer. Touches no thread-local variable.
 */
seL4_MessageInfo_t sk_fault_receive(seL4_CPtr endpoint, seL4_Word word[4]);

/* Print the line that describes a fault. message is all of it. */
void sk_fault_print(seL4_MessageInfo_t info, const seL4_Word *message);
