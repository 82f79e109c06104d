/*
 * A thread that waits in a system call.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* Where it goes on, from the program counter that it can be seen to have. */
static inline seL4_Word sk_arch_after_system_call(seL4_Word pc)
{
    return pc + 4;
}
