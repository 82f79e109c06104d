/*
 * What this machine says about a fault.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

/* Was a data access a write? fsr is that word of a VM fault: ESR, where bit 6 is WnR. */
static inline bool sk_arch_fault_is_write(seL4_Word fsr)
{
    return (fsr >> 6 & 1) != 0;
}
