/*
 * The simple source of a root task: it takes from the boot info and gives nothing back to it.
 *
 * Slots come from the upper end of the boot info's empty region, whose end moves down, so that
 * a program which takes from the lower end does not meet them. Objects are made from the
 * smallest piece of RAM that has room; memory of freed objects is lost until everything made
 * from its piece is freed. Pages lie at addresses from SK_BOOT_SOURCE_PAGES.
 *
 * Threads may share it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>
#include <selkie/cap/source.h>

/* Where the pages are: 16 MiB for each 4096 slots of the first CNode. */
#define SK_BOOT_SOURCE_PAGES ((uintptr_t)0x800000000)

/* The source. Only for root tasks: in other environments linking it fails. */
struct sk_source *sk_boot_source(void);

/* What the source has taken when it stops: pieces up to one, and that one's first bytes. */
struct sk_boot_rest {
    seL4_Word index; /* of the untyped in the boot info's list */
    unsigned bits;
    seL4_Word used; /* bytes; the whole of it if nothing is left */
};

/*
 * Stop the source, so that somebody else can manage the boot info: from now on it has no slot
 * and no memory to hand out. What it handed out stays.
 */
void sk_boot_source_stop(struct sk_boot_rest *ret_rest);

/* Has the source gone past this untyped, the n-th of the list, so that it may have children? */
static inline bool sk_boot_rest_has_used(const struct sk_boot_rest *rest,
                                         const seL4_UntypedDesc *desc, seL4_Word n)
{
    bool is_large = desc->sizeBits >= seL4_PageBits - 1;
    bool is_before =
        desc->sizeBits < rest->bits || (desc->sizeBits == rest->bits && n < rest->index);

    return !desc->isDevice && is_large && is_before;
}
