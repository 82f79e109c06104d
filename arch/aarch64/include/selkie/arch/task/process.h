/*
 * What starting a process is made of on this machine.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/base/err.h>
#include <selkie/cap/asid_pool.h>
#include <selkie/cap/frame.h>
#include <selkie/cap/page_table.h>
#include <selkie/cap/rights.h>
#include <selkie/cap/tcb.h>

/* Map a page as ordinary memory, which holds code only if the rights say so. */
static inline sk_err sk_arch_process_map(sk_frame page, sk_vspace vspace, uintptr_t vaddr,
                                         enum sk_rights rights)
{
    seL4_ARM_VMAttributes attributes = seL4_ARM_Default_VMAttributes;

    if ((rights & SK_EXECUTE) == 0) {
        attributes |= seL4_ARM_ExecuteNever;
    }
    return sk_frame_map(page, vspace, vaddr, sk_rights_raw(rights), attributes);
}

static inline sk_err sk_arch_process_unmap(sk_frame page)
{
    return sk_frame_unmap(page);
}

/* Put a page table at the level that is missing for vaddr. */
static inline sk_err sk_arch_process_map_table(sk_page_table table, sk_vspace vspace,
                                               uintptr_t vaddr)
{
    return sk_page_table_map(table, vspace, vaddr, seL4_ARM_Default_VMAttributes);
}

/* Instructions were written to a page that is mapped here: the next to fetch them sees them. */
static inline sk_err sk_arch_process_sync_code(sk_frame page)
{
    return sk_frame_unify_instruction(page, 0, (seL4_Word)1 << seL4_PageBits);
}

/* An address space must have an ASID before anything is mapped in it. */
static inline sk_err sk_arch_process_assign(sk_asid_pool pool, sk_vspace vspace)
{
    return sk_asid_pool_assign(pool, vspace);
}

/* Let the thread run from entry, on the stack that ends at sp. */
static inline sk_err sk_arch_process_start(sk_tcb tcb, uintptr_t entry, uintptr_t sp)
{
    seL4_UserContext registers = {.pc = entry, .sp = sp};

    return (sk_err)seL4_TCB_WriteRegisters(tcb.cptr, 1, 0,
                                           sizeof(registers) / sizeof(seL4_Word), &registers);
}
