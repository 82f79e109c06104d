/*
 * Where this machine keeps thread-local storage: TLS variant 1. The thread pointer is
 * tpidr_el0; it points to two words that are the thread library's (unused here), and
 * the program's variables follow.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Bytes from the thread pointer to the block, before the block's alignment. */
#define SK_ARCH_TLS_HEADER_SIZE 16

/* Set the calling thread's pointer. Not to be inlined next to a use of TLS. */
static inline void sk_arch_thread_pointer_set(uintptr_t thread_pointer)
{
    /* "memory": a thread-local variable is elsewhere from here on. */
    __asm__ volatile("msr tpidr_el0, %0" : : "r"(thread_pointer) : "memory");
}

/* The calling thread's. */
static inline uintptr_t sk_arch_thread_pointer(void)
{
    uintptr_t thread_pointer;

    /* volatile: it may have been set meanwhile. */
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(thread_pointer));
    return thread_pointer;
}
