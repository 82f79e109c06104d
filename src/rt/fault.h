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
#include <selkie/cap/fault.h>
#include <selkie/rt/thread.h>

#define WATCHED_NAME_SIZE 40

/*
 * What the handler knows of a thread. It does not look at the thread's own record: a thread
 * that overwrites all that it can reach is the one whose fault is to be reported.
 */
struct watched {
    seL4_CPtr tcb; /* null: this is nobody's */
    uintptr_t stack;
    size_t stack_size;
    char name[WATCHED_NAME_SIZE]; /* cut if longer */
};

#define WATCHED_COUNT 63

/* A page of the handler's, with guard pages around it. It has more of them when it is full. */
struct watch {
    struct watch *next;
    seL4_CPtr endpoint;
    seL4_CPtr reply; /* MCS */
    struct watched threads[WATCHED_COUNT];
};
_Static_assert(sizeof(struct watch) <= 1 << seL4_PageBits, "it is one page");

/* Make what receiving needs, from source. */
sk_err sk_fault_prepare(struct sk_source *source, seL4_CPtr *ret_reply);

/*
 * Receive on the endpoint. The first words of the message are put into word; the rest is in
 * the thread's IPC buffer.
 */
seL4_MessageInfo_t sk_fault_receive(const struct watch *w, seL4_Word *ret_badge,
                                    seL4_Word word[4]);

#define FAULT_TEXT_SIZE 112

/* Describe a fault of t in text. */
void sk_fault_describe(char *text, size_t size, const struct watched *t,
                       const struct sk_fault *fault, const seL4_UserContext *registers);

/* Print the backtrace of t, which has a fault. */
void sk_fault_trace(const struct watched *t, const seL4_UserContext *registers);

/*
 * Let t go on in a panic that says text. False if it cannot: its stack is no good. Only in
 * programs that are linked so (selkie/rt/catch.h).
 */
bool sk_fault_to_panic(const struct watched *t, const struct sk_fault *fault,
                       seL4_UserContext *registers, const char *text);
