/*
 * What the fault handler's files share. fault_mcs.c and fault_classic.c are the two kernels'
 * ways of receiving.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/rt/thread.h>

/* Make what receiving needs, from source. */
sk_err sk_fault_prepare(struct sk_source *source);

/*
 * Receive on endpoint. The first words of the message are put into word; the rest is in the
 * thread's IPC buffer.
 */
seL4_MessageInfo_t sk_fault_receive(seL4_CPtr endpoint, seL4_Word *ret_badge,
                                    seL4_Word word[4]);

/* Print the line that describes a fault of t. message is all of it. */
void sk_fault_print(const struct sk_thread *t, seL4_MessageInfo_t info,
                    const seL4_Word *message);
