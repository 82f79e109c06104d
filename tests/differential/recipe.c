/* SPDX-License-Identifier: BSD-2-Clause */
#include "recipe.h"

#include <selkie/base/assert.h>
#include <selkie/gen/invocations.h>

/*
 * Capabilities: U untyped, T thread, E endpoint, N notification, C CNode, S scheduling context,
 * Y reply, H huge page, V address space, P page, L large page, G page table, Q interrupt
 * handler, A ASID pool, I IRQControl, M ASIDControl, B SchedControl, D domains,
 * R root of a CSpace, W CNode of a source, F any page, O fault handler, X any object,
 * Z untyped of a page.
 */
const struct recipe recipes[] = {
    {UntypedRetype, 14, 'U', "tzIDon", "C"},
    {TCBReadRegisters, 4, 'T', "fc", ""},
    {TCBWriteRegisters, 5, 'T', "fckwwxxwww", ""},
    {TCBCopyRegisters, 4, 'T', "h", "T"},
    {TCBConfigure, 4, 'T', "g0B", "RVF"},
    {TCBSetPriority, 4, 'T', "p", "T"},
    {TCBSetMCPriority, 3, 'T', "p", "T"},
    {TCBSetSchedParams, 5, 'T', "pp", "TSO"},
    {TCBSetTimeoutEndpoint, 4, 'T', "", "O"},
    {TCBSetIPCBuffer, 4, 'T', "B", "F"},
    {TCBSetSpace, 4, 'T', "g0", "ORV"},
    {TCBSuspend, 4, 'T', "", ""},
    {TCBResume, 6, 'T', "", ""},
    {TCBBindNotification, 5, 'T', "", "N"},
    {TCBUnbindNotification, 4, 'T', "", ""},
    {TCBSetTLSBase, 3, 'T', "w", ""},
    {TCBSetFlags, 3, 'T', "xx", ""},
    {CNodeRevoke, 4, 'C', "id", ""},
    {CNodeDelete, 9, 'C', "id", ""},
    {CNodeCancelBadgedSends, 4, 'C', "id", ""},
    {CNodeCopy, 12, 'C', "idjdr", "W"},
    {CNodeMint, 12, 'C', "idjdrb", "W"},
    {CNodeMove, 8, 'C', "idjd", "C"},
    {CNodeMutate, 8, 'C', "idjdb", "C"},
    {CNodeRotate, 8, 'C', "idbjdbid", "CC"},
    {IRQIssueIRQHandler, 4, 'I', "qid", "C"},
    {ARMIRQIssueIRQHandlerTrigger, 4, 'I', "qxid", "C"},
    {ARMIRQIssueSGISignal, 4, 'I', "GHid", "C"},
    {IRQAckIRQ, 3, 'Q', "", ""},
    {IRQSetIRQHandler, 4, 'Q', "", "N"},
    {IRQClearIRQHandler, 3, 'Q', "", ""},
    {DomainSetSet, 3, 'D', "y", "T"},
    {DomainScheduleConfigure, 3, 'D', "Yyl", ""},
    {DomainScheduleSetStart, 3, 'D', "Y", ""},
    {SchedControlConfigureFlags, 6, 'B', "uuebx", "S"},
    {SchedContextBind, 6, 'S', "", "X"},
    {SchedContextUnbind, 3, 'S', "", ""},
    {SchedContextUnbindObject, 4, 'S', "", "X"},
    {SchedContextConsumed, 3, 'S', "", ""},
    {SchedContextYieldTo, 4, 'S', "", ""},
    {ARMVSpaceClean_Data, 3, 'V', "vV", ""},
    {ARMVSpaceInvalidate_Data, 3, 'V', "vV", ""},
    {ARMVSpaceCleanInvalidate_Data, 3, 'V', "vV", ""},
    {ARMVSpaceUnify_Instruction, 3, 'V', "vV", ""},
    {ARMSMCCall, 1, 'X', "wwwwwwww", ""},
    {ARMPageTableMap, 8, 'G', "va", "V"},
    {ARMPageTableUnmap, 4, 'G', "", ""},
    {ARMPageMap, 9, 'F', "vra", "V"},
    {ARMPageUnmap, 4, 'F', "", ""},
    {ARMPageClean_Data, 3, 'F', "sS", ""},
    {ARMPageInvalidate_Data, 3, 'F', "sS", ""},
    {ARMPageCleanInvalidate_Data, 3, 'F', "sS", ""},
    {ARMPageUnify_Instruction, 3, 'F', "sS", ""},
    {ARMPageGetAddress, 3, 'F', "", ""},
    {ARMASIDControlMakePool, 4, 'M', "id", "ZC"},
    {ARMASIDPoolAssign, 5, 'A', "", "V"},
};

const unsigned recipe_count = sizeof(recipes) / sizeof(recipes[0]);

#define NAME(label, object, words, caps) [label] = #label,
static const char *const names[] = {[0] = "InvalidInvocation", SK_INVOCATIONS(NAME)};
_Static_assert(sizeof(names) / sizeof(names[0]) == RECIPE_LABELS, "the last label is another");

#define CAPS(label, object, words, caps) [label] = caps,
static const unsigned char cap_counts[RECIPE_LABELS] = {SK_INVOCATIONS(CAPS)};

const char *recipe_name(seL4_Word label)
{
    return label < RECIPE_LABELS ? names[label] : "unknown";
}

unsigned recipe_caps(seL4_Word label)
{
    return label < RECIPE_LABELS ? cap_counts[label] : 0;
}

unsigned recipe_length(const char *letters)
{
    unsigned length = 0;

    while (letters[length] != '\0') {
        length++;
    }
    return length;
}

const struct recipe *recipe_of(seL4_Word label)
{
    const struct recipe *recipe = recipes;

    while (recipe->label != label) {
        recipe++;
        sk_assert(recipe < recipes + recipe_count);
    }
    return recipe;
}
