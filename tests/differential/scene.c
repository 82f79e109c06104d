/* SPDX-License-Identifier: BSD-2-Clause */
#include "scene.h"

#include "recipe.h"

#define FIRST 24 /* operation; those before make objects */
#define EVERY 4  /* operations */

#define SPARE(n)   ((seL4_CPtr)(KIND_SPARE * REGION_SLOTS + (n)))
#define TABLE(n)   SPARE(n)
#define PAGE(n)    SPARE(4 + (n))
#define VSPACE(n)  SPARE(6 + (n))
#define MEMORY(n)  SPARE(8 + (n)) /* untyped, of a page */
#define POOL       SPARE(10)
#define SPACE      AT_FIXED(FIXED_SPACE)
#define COMMON     AT_FIXED(FIXED_VSPACE)
#define ADDRESS    0x10000000u
#define WRITABLE   3
#define ATTRIBUTES seL4_ARM_Default_VMAttributes

#define RETYPE(type, bits, slot, count)                                          \
    {                                                                            \
        UntypedRetype, AT_FIXED(FIXED_UNTYPED), {type, bits, 0, 0, slot, count}, \
        {                                                                        \
            SPACE                                                                \
        }                                                                        \
    }

static const struct step {
    seL4_Word label;
    seL4_CPtr target;
    seL4_Word words[6];
    seL4_CPtr caps[2];
} steps[] = {
    /* In the address space of all: from now on small pages can be mapped at ADDRESS. */
    RETYPE(KIND_PAGE_TABLE, 0, TABLE(0), 4),
    RETYPE(KIND_PAGE, 0, PAGE(0), 2),
    {ARMPageTableMap, TABLE(0), {ADDRESS, ATTRIBUTES}, {COMMON}},
    {ARMPageMap, PAGE(0), {ADDRESS + 0x3000, WRITABLE, ATTRIBUTES}, {COMMON}},
    {ARMPageClean_Data, PAGE(0), {0, 64}, {0}},
    {ARMPageInvalidate_Data, PAGE(0), {64, 4096}, {0}},
    {ARMPageCleanInvalidate_Data, PAGE(0), {0, 4096}, {0}},
    {ARMPageUnify_Instruction, PAGE(0), {0, 1}, {0}},
    {ARMVSpaceClean_Data, COMMON, {ADDRESS + 0x3000, ADDRESS + 0x4040}, {0}},
    {ARMVSpaceInvalidate_Data, COMMON, {ADDRESS + 0x3040, ADDRESS + 0x4001}, {0}},
    {ARMVSpaceCleanInvalidate_Data, COMMON, {ADDRESS + 0x3000, ADDRESS + 0x4040}, {0}},
    {ARMVSpaceUnify_Instruction, COMMON, {ADDRESS + 0x3fc0, ADDRESS + 0x4040}, {0}},

    /* A page stays mapped in an address space that is gone. */
    RETYPE(KIND_VSPACE, 0, VSPACE(0), 2),
    {ARMASIDPoolAssign, AT_FIXED(FIXED_ASID_POOL), {0}, {VSPACE(0)}},
    {ARMPageTableMap, TABLE(1), {ADDRESS, ATTRIBUTES}, {VSPACE(0)}},
    {ARMPageTableMap, TABLE(2), {ADDRESS, ATTRIBUTES}, {VSPACE(0)}},
    {ARMPageTableMap, TABLE(3), {ADDRESS, ATTRIBUTES}, {VSPACE(0)}},
    {ARMPageMap, PAGE(1), {ADDRESS, WRITABLE, ATTRIBUTES}, {VSPACE(0)}},
    {ARMPageClean_Data, PAGE(1), {0, 64}, {0}},
    {ARMVSpaceClean_Data, VSPACE(0), {ADDRESS, ADDRESS + 64}, {0}},
    {CNodeDelete, SPACE, {VSPACE(0), FIXED_DEPTH}, {0}},
    {ARMPageClean_Data, PAGE(1), {0, 64}, {0}},
    {ARMPageInvalidate_Data, PAGE(1), {0, 64}, {0}},
    {ARMPageCleanInvalidate_Data, PAGE(1), {0, 64}, {0}},
    {ARMPageUnify_Instruction, PAGE(1), {0, 64}, {0}},
    {ARMPageTableUnmap, TABLE(3), {0}, {0}},
    {ARMPageUnmap, PAGE(1), {0}, {0}},

    /* An ASID pool is made, and goes while an address space has an identifier from it. */
    RETYPE(KIND_UNTYPED, seL4_ASIDPoolBits, MEMORY(0), 2),
    {ARMASIDControlMakePool, AT_FIXED(FIXED_ASID_CONTROL), {POOL, 65}, {MEMORY(0), SPACE}},
    {ARMASIDControlMakePool, AT_FIXED(FIXED_ASID_CONTROL), {POOL, 9}, {MEMORY(0), SPACE}},
    {ARMASIDControlMakePool, AT_FIXED(FIXED_ASID_CONTROL), {POOL, 8}, {MEMORY(0), SPACE}},
    {ARMASIDControlMakePool, AT_FIXED(FIXED_ASID_CONTROL), {POOL, 8}, {MEMORY(0), SPACE}},
    {ARMASIDControlMakePool, AT_FIXED(FIXED_ASID_CONTROL), {POOL, 8}, {MEMORY(1), SPACE}},
    {ARMASIDPoolAssign, POOL, {0}, {VSPACE(1)}},
    {ARMPageTableMap, TABLE(3), {ADDRESS, ATTRIBUTES}, {VSPACE(1)}},
    {ARMPageTableUnmap, TABLE(3), {0}, {0}},
    {CNodeDelete, SPACE, {POOL, FIXED_DEPTH}, {0}},
    {ARMPageTableMap, TABLE(3), {ADDRESS, ATTRIBUTES}, {VSPACE(1)}},
    {ARMPageMap, PAGE(1), {ADDRESS, WRITABLE, ATTRIBUTES}, {VSPACE(1)}},
    {ARMVSpaceClean_Data, VSPACE(1), {ADDRESS, ADDRESS + 64}, {0}},
    {ARMVSpaceInvalidate_Data, VSPACE(1), {ADDRESS, ADDRESS + 64}, {0}},
    {ARMVSpaceCleanInvalidate_Data, VSPACE(1), {ADDRESS, ADDRESS + 64}, {0}},
    {ARMVSpaceUnify_Instruction, VSPACE(1), {ADDRESS, ADDRESS + 64}, {0}},
};

#define STEPS (sizeof(steps) / sizeof(steps[0]))

bool scene_operation(unsigned number, struct command *ret_command)
{
    const struct recipe *recipe;
    const struct step *step;

    if (number < FIRST || number % EVERY != 0 || (number - FIRST) / EVERY >= STEPS) {
        return false;
    }
    step = &steps[(number - FIRST) / EVERY];
    recipe = recipe_of(step->label);
    *ret_command = (struct command){
        .code = STUB_CALL,
        .syscall = (seL4_Word)seL4_SysCall,
        .x0 = step->target,
        .info = seL4_MessageInfo_new(step->label, 0, recipe_length(recipe->caps),
                                     recipe_length(recipe->words)),
        .caps = {step->caps[0], step->caps[1]},
    };
    __builtin_memcpy(ret_command->words, step->words, sizeof(step->words));
    return true;
}
