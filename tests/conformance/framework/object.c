/* SPDX-License-Identifier: BSD-2-Clause */
#include "coverage.h"
#include "sandbox.h"

/* The test's next empty slot. One test runs at a time, and starts it afresh. */
static seL4_SlotPos next_slot;

void objects_reset(void)
{
    next_slot = FIRST_FREE_SLOT;
}

static void need(seL4_Error error, const char *what)
{
    if (error != seL4_NoError) {
        fail(__FILE__, __LINE__, "%s returned %d, to prepare the test", what, (int)error);
    }
}

seL4_SlotPos slots(seL4_Word count)
{
    seL4_SlotPos first = next_slot;

    if (first + count > (seL4_SlotPos)1 << MY_CNODE_BITS) {
        fail(__FILE__, __LINE__, "the test has no slot left");
    }
    next_slot += count;
    return first;
}

seL4_SlotPos slot(void)
{
    return slots(1);
}

seL4_CPtr make_sized(seL4_Word type, seL4_Word size_bits)
{
    seL4_SlotPos to = slot();

    need(seL4_Untyped_Retype(UNTYPED, type, size_bits, MY_CNODE, 0, 0, to, 1),
         "seL4_Untyped_Retype");
    return to;
}

seL4_CPtr make(seL4_Word type)
{
    return make_sized(type, 0);
}

seL4_CPtr make_cnode(seL4_Word radix)
{
    return make_sized(seL4_CapTableObject, radix);
}

seL4_Word guard_word(seL4_Word guard, seL4_Word guard_bits)
{
    return seL4_CNode_CapData_new(guard, guard_bits).words[0];
}

static seL4_CPtr mint(seL4_CPtr from_cnode, seL4_CPtr cap, seL4_CapRights_t rights,
                      seL4_Word data)
{
    seL4_SlotPos to = slot();

    need(seL4_CNode_Mint(MY_CNODE, to, seL4_WordBits, from_cnode, cap, seL4_WordBits, rights,
                         data),
         "seL4_CNode_Mint");
    return to;
}

static seL4_CPtr copy(seL4_CPtr from_cnode, seL4_CPtr cap, seL4_CapRights_t rights)
{
    seL4_SlotPos to = slot();

    need(seL4_CNode_Copy(MY_CNODE, to, seL4_WordBits, from_cnode, cap, seL4_WordBits, rights),
         "seL4_CNode_Copy");
    return to;
}

seL4_CPtr with_guard(seL4_CPtr cnode, seL4_Word guard, seL4_Word guard_bits)
{
    return mint(MY_CNODE, cnode, seL4_AllRights, guard_word(guard, guard_bits));
}

seL4_CPtr copy_of(seL4_CPtr cap)
{
    return copy(MY_CNODE, cap, seL4_AllRights);
}

seL4_CPtr copy_with_rights(seL4_CPtr cap, seL4_CapRights_t rights)
{
    return copy(MY_CNODE, cap, rights);
}

seL4_CPtr badged(seL4_CPtr cap, seL4_Word badge)
{
    return mint(MY_CNODE, cap, seL4_AllRights, badge);
}

seL4_CPtr copy_from_root(seL4_SlotPos from)
{
    return copy(ROOT_CNODE, from, seL4_AllRights);
}

bool is_empty_in(seL4_CPtr cnode, seL4_Word index, seL4_Word depth)
{
    seL4_Error error =
        seL4_CNode_Move(cnode, index, (seL4_Uint8)depth, cnode, index, (seL4_Uint8)depth);

    if (error != seL4_DeleteFirst && error != seL4_FailedLookup) {
        fail(__FILE__, __LINE__, "looking into a slot returned %d", (int)error);
    }
    return error == seL4_FailedLookup;
}

bool is_empty(seL4_SlotPos at)
{
    return is_empty_in(MY_CNODE, at, seL4_WordBits);
}

seL4_Word bytes_left(seL4_CPtr untyped)
{
    /* The answer to a demand for too much says how much there is. */
    seL4_Error error = seL4_Untyped_Retype(untyped, seL4_UntypedObject, seL4_MaxUntypedBits,
                                           MY_CNODE, 0, 0, slot(), 1);

    if (error != seL4_NotEnoughMemory) {
        fail(__FILE__, __LINE__, "asking for 2^%d bytes returned %d", seL4_MaxUntypedBits,
             (int)error);
    }
    return seL4_GetMR(0);
}

seL4_Word signal_through(seL4_CPtr sender, seL4_CPtr receiver)
{
    seL4_Word badge = 0;

    seL4_Signal(sender);
    seL4_NBWait(receiver, &badge);
    return badge;
}

seL4_Error invoke(seL4_CPtr service, seL4_Word label, seL4_Word caps, seL4_Word length)
{
    coverage_started(label);
    seL4_MessageInfo_t info = seL4_Call(service, seL4_MessageInfo_new(label, 0, caps, length));
    coverage_ended(label);

    return (seL4_Error)seL4_MessageInfo_get_label(info);
}
