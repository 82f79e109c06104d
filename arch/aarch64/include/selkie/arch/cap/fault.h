/*
 * What this machine says about faults.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

/* The registers that come with an unknown system call, in the order of the message. */
struct sk_arch_syscall_registers {
    seL4_Word x[8];
    seL4_Word pc;
    seL4_Word sp;
    seL4_Word lr;
    seL4_Word spsr;
    seL4_Word number; /* what was in x7 */
};

#define SK_ARCH_SYSCALL_WORDS (sizeof(struct sk_arch_syscall_registers) / sizeof(seL4_Word))

/*
 * Was an access that faulted a write? fsr is ESR_EL1: of a data abort (exception class 0x24 or
 * 0x25), bit 6 says so.
 */
static inline bool sk_arch_access_is_write(seL4_Word fsr)
{
    seL4_Word kind = fsr >> 26 & 0x3f;

    return (kind == 0x24 || kind == 0x25) && (fsr >> 6 & 1) != 0;
}
