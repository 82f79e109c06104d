/*
 * What the fault handler's files share. fault_mcs.c and fault_classic.c are the two kernels'
 * ways of receiving.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

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

#define FAULT_TEXT_SIZE 112

/* Describe a fault of t in text. message is all of it. */
void sk_fault_describe(char *text, size_t size, const struct sk_thread *t,
                       seL4_MessageInfo_t info, const seL4_Word *message);

/* Print the backtrace of t, which has a fault. */
void sk_fault_trace(const struct sk_thread *t);

/*
 * Let t go on in a panic that says text. False if it cannot: its stack is no good. Only in
 * programs that are linked so (selkie/rt/catch.h).
 */
bool sk_fault_to_panic(const struct sk_thread *t, seL4_MessageInfo_t info, const char *text);
