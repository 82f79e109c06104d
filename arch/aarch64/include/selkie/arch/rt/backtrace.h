/*
 * Frame records: what the procedure call standard puts on the stack for each call, linked
 * from the frame pointer, x29.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

struct sk_arch_frame_record {
    uintptr_t caller; /* the caller's record; 0: the first function of the thread */
    uintptr_t return_address;
};

#define SK_ARCH_FRAME_RECORD_ALIGN 8

/* Where the backtrace of a stopped thread begins. */
struct sk_arch_backtrace {
    uintptr_t pc;
    uintptr_t link;   /* the link register */
    uintptr_t record; /* the first frame record; 0: none that can be */
};

static inline struct sk_arch_backtrace sk_arch_backtrace_of(const seL4_UserContext *registers)
{
    return (struct sk_arch_backtrace){
        .pc = registers->pc,
        .link = registers->x30,
        .record = registers->x29 >= registers->sp ? registers->x29 : 0,
    };
}

/* The call that returns to address. */
static inline uintptr_t sk_arch_call_before(uintptr_t address)
{
    return address - 4;
}
