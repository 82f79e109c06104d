/*
 * The first registers of a new thread.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

/*
 * Registers for a thread that starts with entry(arg) on the stack that ends at
 * stack_top (a multiple of 16), with this thread pointer (selkie/rt/tls.h). entry must
 * not return: it has nowhere to go.
 */
static inline seL4_UserContext sk_arch_thread_registers(void (*entry)(void *arg), void *arg,
                                                        uintptr_t stack_top,
                                                        uintptr_t thread_pointer)
{
    return (seL4_UserContext){
        .pc = (seL4_Word)entry,
        .sp = stack_top,
        .x0 = (seL4_Word)arg,
        .tpidr_el0 = thread_pointer,
    };
}

/* Words in seL4_UserContext: the count for seL4_TCB_WriteRegisters. */
#define SK_ARCH_REGISTER_COUNT (sizeof(seL4_UserContext) / sizeof(seL4_Word))
