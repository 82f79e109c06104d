/*
 * What the initialiser asks a kernel that other machines call otherwise.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/init/execute.h>

#define SK_ARCH_INIT_USER_END ((uint64_t)seL4_UserTop + 1)
#define SK_ARCH_INIT_VSPACE_SPAN_BITS \
    (seL4_PageBits + 3 * seL4_PageTableIndexBits + seL4_VSpaceIndexBits)
#define SK_ARCH_INIT_SMALL_FRAME seL4_ARM_SmallPageObject
#define SK_ARCH_INIT_LARGE_FRAME seL4_ARM_LargePageObject
#define SK_ARCH_INIT_HUGE_FRAME  seL4_ARM_HugePageObject
#define SK_ARCH_INIT_PAGE_TABLE  seL4_ARM_PageTableObject
#define SK_ARCH_INIT_VSPACE      seL4_ARM_VSpaceObject

static inline seL4_Error sk_arch_init_map(const uint64_t *a)
{
    seL4_CapRights_t rights = {{a[3]}};
    seL4_Word attributes = (a[4] & SK_SPEC_CACHED) != 0 ? seL4_ARM_Default_VMAttributes : 0;

    if ((a[4] & SK_SPEC_EXECUTE) == 0) {
        attributes |= seL4_ARM_ExecuteNever;
    }
    return seL4_ARM_Page_Map(a[0], a[1] != 0 ? a[1] : seL4_CapInitThreadVSpace, a[2], rights,
                             attributes);
}

static inline seL4_Error sk_arch_init_registers(const uint64_t *a)
{
    seL4_UserContext context = {.pc = a[2], .sp = a[3], .x0 = a[4]};

    /* pc, sp, spsr, x0: the others are zero in a new thread. */
    return seL4_TCB_WriteRegisters(a[0], a[1] != 0, 0, 4, &context);
}

static inline seL4_Error sk_arch_init_call(enum sk_init_call what, const uint64_t *a)
{
    switch (what) {
    case SK_INIT_MAKE_POOL:
        return seL4_ARM_ASIDControl_MakePool(seL4_CapASIDControl, a[0], seL4_CapInitThreadCNode,
                                             a[1], seL4_WordBits);
    case SK_INIT_ASSIGN_ASID:
        return seL4_ARM_ASIDPool_Assign(a[0] != 0 ? a[0] : seL4_CapInitThreadASIDPool, a[1]);
    case SK_INIT_MAP_TABLE:
        return seL4_ARM_PageTable_Map(a[0], a[1], a[2], seL4_ARM_Default_VMAttributes);
    case SK_INIT_MAP:
        return sk_arch_init_map(a);
    case SK_INIT_UNMAP:
        return seL4_ARM_Page_Unmap(a[0]);
    case SK_INIT_CLEAN:
        return seL4_ARM_Page_Clean_Data(a[0], 0, 1ull << a[1]);
    case SK_INIT_UNIFY:
        return seL4_ARM_Page_Unify_Instruction(a[0], 0, 1ull << a[1]);
    case SK_INIT_GET_IRQ:
        return seL4_IRQControl_GetTrigger(seL4_CapIRQControl, a[0], a[1],
                                          seL4_CapInitThreadCNode, a[2], seL4_WordBits);
    case SK_INIT_REGISTERS:
        return sk_arch_init_registers(a);
    default:
        return seL4_IllegalOperation;
    }
}
