/*
 * Page tables and frames of any size: the host plays an AArch64 machine.
 *
 * The span of a table is log2 of the bytes that it covers. A page needs a table whose span is
 * SK_ARCH_TABLE_INDEX_BITS more than its own size, this one a table of as much more again, and
 * so on up to the VSpace.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>
#include <sel4/sel4_arch/mapping.h>
#include <selkie/cap/blueprint.h>

#define SK_ARCH_TABLE_INDEX_BITS 9

/* Addresses of programs are below this. */
#define SK_ARCH_USER_END ((seL4_Word)seL4_UserTop + 1)

/* What a table of this span is. */
static inline sk_blueprint sk_arch_table_blueprint(unsigned span_bits)
{
    (void)span_bits;
    return sk_blueprint_page_table();
}

/* Put a table where one is missing on the way to vaddr: the one of this span. */
static inline seL4_Error sk_arch_table_map(seL4_CPtr table, seL4_CPtr vspace, seL4_Word vaddr,
                                           unsigned span_bits)
{
    (void)span_bits;
    return seL4_ARM_PageTable_Map(table, vspace, vaddr, seL4_ARM_Default_VMAttributes);
}

/*
 * After mapping a frame failed with seL4_FailedLookup: the span of the table that is missing.
 */
static inline unsigned sk_arch_table_missing(void)
{
    return (unsigned)seL4_MappingFailedLookupLevel();
}

static inline seL4_Error sk_arch_frame_map(seL4_CPtr frame, seL4_CPtr vspace, seL4_Word vaddr,
                                           seL4_CapRights_t rights, bool is_code,
                                           bool is_device)
{
    seL4_Word attributes = is_device ? 0 : seL4_ARM_Default_VMAttributes;

    return seL4_ARM_Page_Map(frame, vspace, vaddr, rights,
                             attributes | (is_code ? 0 : seL4_ARM_ExecuteNever));
}

static inline seL4_Error sk_arch_frame_unmap(seL4_CPtr frame)
{
    return seL4_ARM_Page_Unmap(frame);
}

/* Of addresses in one page. */
static inline seL4_Error sk_arch_cache_clean(seL4_CPtr vspace, seL4_Word start, seL4_Word end)
{
    return seL4_ARM_VSpace_Clean_Data(vspace, start, end);
}

static inline seL4_Error sk_arch_cache_invalidate(seL4_CPtr vspace, seL4_Word start,
                                                  seL4_Word end)
{
    return seL4_ARM_VSpace_Invalidate_Data(vspace, start, end);
}

static inline seL4_Error sk_arch_cache_clean_invalidate(seL4_CPtr vspace, seL4_Word start,
                                                        seL4_Word end)
{
    return seL4_ARM_VSpace_CleanInvalidate_Data(vspace, start, end);
}

static inline seL4_Error sk_arch_cache_unify(seL4_CPtr vspace, seL4_Word start, seL4_Word end)
{
    return seL4_ARM_VSpace_Unify_Instruction(vspace, start, end);
}
