/*
 * Pages of the smallest size, under names that are the same on every machine.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* Object types for seL4_Untyped_Retype. */
#define SK_ARCH_PAGE_OBJECT       seL4_ARM_SmallPageObject
#define SK_ARCH_PAGE_TABLE_OBJECT seL4_ARM_PageTableObject

/* Map a page as ordinary memory that holds no code. */
static inline seL4_Error sk_arch_page_map(seL4_CPtr page, seL4_CPtr vspace, seL4_Word vaddr,
                                          seL4_CapRights_t rights)
{
    return seL4_ARM_Page_Map(page, vspace, vaddr, rights,
                             seL4_ARM_Default_VMAttributes | seL4_ARM_ExecuteNever);
}

/* Map a page as ordinary memory that holds code, or not. */
static inline seL4_Error sk_arch_page_map_as(seL4_CPtr page, seL4_CPtr vspace, seL4_Word vaddr,
                                             seL4_CapRights_t rights, int is_code)
{
    return seL4_ARM_Page_Map(page, vspace, vaddr, rights,
                             seL4_ARM_Default_VMAttributes |
                                 (is_code ? 0 : seL4_ARM_ExecuteNever));
}

/* Map a page of a device: not cached, each access made once and in order. */
static inline seL4_Error sk_arch_page_map_device(seL4_CPtr page, seL4_CPtr vspace,
                                                 seL4_Word vaddr)
{
    return seL4_ARM_Page_Map(page, vspace, vaddr, seL4_ReadWrite, seL4_ARM_ExecuteNever);
}

static inline seL4_Error sk_arch_page_unmap(seL4_CPtr page)
{
    return seL4_ARM_Page_Unmap(page);
}

/* Put a page table at the level that is missing for vaddr. */
static inline seL4_Error sk_arch_page_table_map(seL4_CPtr table, seL4_CPtr vspace,
                                                seL4_Word vaddr)
{
    return seL4_ARM_PageTable_Map(table, vspace, vaddr, seL4_ARM_Default_VMAttributes);
}
