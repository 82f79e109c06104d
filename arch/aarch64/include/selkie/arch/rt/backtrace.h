/*
 * Frame records: what the procedure call standard puts on the stack for each call, linked
 * from the frame pointer, x29.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

struct sk_arch_frame_record {
    uintptr_t caller; /* the caller's record; 0: the first function of the thread */
    uintptr_t return_address;
};

#define SK_ARCH_FRAME_RECORD_ALIGN 8

/* The call that returns to address. */
static inline uintptr_t sk_arch_call_before(uintptr_t address)
{
    return address - 4;
}
