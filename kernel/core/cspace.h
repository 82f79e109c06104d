/*
 * Capability addresses: from a number to a slot.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

struct cspace_lookup {
    struct slot *slot;  /* null: why says what went wrong */
    uint64_t bits_left; /* not translated, because a slot that is no CNode ended the way */
    struct lookup_failure why;
};

/* Translate the low depth bits of cptr, starting in root. */
struct cspace_lookup sk_kcspace_resolve(kcap root, uint64_t cptr, uint64_t depth);

/*
 * The slot that a system call names in the CSpace of t: all 64 bits, where a slot that holds
 * something other than a CNode may end the way early. Null, and *ret_why, if there is none.
 */
struct slot *sk_kcspace_slot(const struct tcb *t, uint64_t cptr,
                             struct lookup_failure *ret_why);

/*
 * The slot that a CNode operation names: exactly depth bits must be translated. is_source is
 * only for the error. On error the code is returned, and the kernel's error filled in.
 */
seL4_Error sk_kcspace_target(struct kernel *k, kcap root, uint64_t index, uint64_t depth,
                             uint64_t is_source, struct slot **ret_slot);
