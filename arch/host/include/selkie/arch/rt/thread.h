/*
 * The first registers of a new thread on the host platform, which gives each thread a stack and
 * thread-local variables of its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

/* Registers for a thread that starts with entry(arg); the other two are not looked at. */
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
