/*
 * Semihosting: calls from the program to the host that QEMU, or a debug probe, runs on.
 * QEMU takes them from user mode when started with userspace=on; the kernel is not
 * involved. Without such a host the instruction is undefined, which the kernel
 * reports as a fault of the thread.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Operations, and what their argument points to. */
enum sk_arch_semihosting {
    SK_ARCH_SEMIHOSTING_WRITEC = 0x03,        /* a character */
    SK_ARCH_SEMIHOSTING_WRITE0 = 0x04,        /* a text with a NUL at its end */
    SK_ARCH_SEMIHOSTING_GET_CMDLINE = 0x15,   /* a buffer for the answer, and its size */
    SK_ARCH_SEMIHOSTING_EXIT_EXTENDED = 0x20, /* two words: reason, status */
};

#define SK_ARCH_SEMIHOSTING_EXIT_REASON 0x20026 /* the application has ended */

/* Issue operation op; the meaning of argument and result is the operation's. */
static inline uintptr_t sk_arch_semihosting_call(enum sk_arch_semihosting op,
                                                 const void *argument)
{
    register uintptr_t x0 __asm__("x0") = (uintptr_t)op;
    register const void *x1 __asm__("x1") = argument;

    /* "memory": the host reads, or writes, what argument points to. */
    __asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
    return x0;
}
