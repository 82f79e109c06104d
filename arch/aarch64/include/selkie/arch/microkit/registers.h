/*
 * A stopped thread's registers, for people.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

#define SK_ARCH_NAMED_REGISTERS 31

/* General register n, which is called x and n; pc and sp are said elsewhere. */
static inline seL4_Word sk_arch_named_register(const seL4_UserContext *r, unsigned n)
{
    const seL4_Word all[SK_ARCH_NAMED_REGISTERS] = {
        r->x0,  r->x1,  r->x2,  r->x3,  r->x4,  r->x5,  r->x6,  r->x7,  r->x8,  r->x9,  r->x10,
        r->x11, r->x12, r->x13, r->x14, r->x15, r->x16, r->x17, r->x18, r->x19, r->x20, r->x21,
        r->x22, r->x23, r->x24, r->x25, r->x26, r->x27, r->x28, r->x29, r->x30,
    };

    return all[n];
}
