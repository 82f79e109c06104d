/* SPDX-License-Identifier: BSD-2-Clause */

#include "probe.h"

#define REGISTERS (sizeof(seL4_UserContext) / sizeof(seL4_Word))

/* They have not been started: their registers are nobody's yet. */
void probe_mark_tcbs(struct probe *p, bool is_marked)
{
    for (uint32_t n = 0; n < p->thread_count; n++) {
        seL4_UserContext context = {.x28 =
                                        is_marked ? probe_number(p, p->threads[n].tcb) + 1 : 0};

        (void)seL4_TCB_WriteRegisters(p->threads[n].tcb, 0, 0, REGISTERS, &context);
    }
}

void probe_tcb(struct probe *p)
{
    seL4_UserContext context = {0};

    (void)seL4_TCB_ReadRegisters(probe_slot(p, SLOT_TRIED), 0, 0, REGISTERS, &context);
    probe_print(p, "tcb_%d", (int)context.x28 - 1);
}

static uint32_t bits_of(const struct probe *p, uint32_t cnode)
{
    return sk_spec_group_of(p->in->spec, cnode)->size_bits;
}

static seL4_Error put(const struct probe *p, seL4_CNode cnode, seL4_Word slot, uint32_t bits)
{
    return seL4_CNode_Copy(cnode, slot, (seL4_Uint8)bits, seL4_CapInitThreadCNode,
                           probe_slot(p, SLOT_NOTIFICATION), seL4_WordBits, seL4_AllRights);
}

bool probe_is_empty(const struct probe *p, seL4_CNode cnode, seL4_Word slot, uint32_t bits)
{
    return put(p, cnode, slot, bits) == seL4_NoError &&
           seL4_CNode_Delete(cnode, slot, (seL4_Uint8)bits) == seL4_NoError;
}

/* The last slot of a CNode that is empty. */
static seL4_Word empty_slot(struct probe *p, uint32_t cnode, uint32_t bits)
{
    seL4_Word slot = (1ul << bits) - 1;

    while (slot > 0 && !probe_is_empty(p, probe_object(p, cnode), slot, bits)) {
        slot--;
    }
    return slot;
}

static uint32_t depth; /* that is tried */

/* What is put in by the capability lies in this CNode. */
static bool is_cnode(struct probe *p, uint32_t object)
{
    uint32_t bits = bits_of(p, object);
    seL4_CNode tried = probe_slot(p, SLOT_TRIED);

    if (bits > depth) {
        return false;
    }
    seL4_Word slot = empty_slot(p, object, bits);
    if (put(p, tried, slot, depth) != seL4_NoError) {
        return false;
    }
    if (put(p, probe_object(p, object), slot, bits) == seL4_NoError) {
        (void)seL4_CNode_Delete(probe_object(p, object), slot, (seL4_Uint8)bits);
        (void)seL4_CNode_Delete(tried, slot, (seL4_Uint8)depth);
        return false;
    }
    (void)seL4_CNode_Delete(tried, slot, (seL4_Uint8)depth);
    return true;
}

/* Addresses are resolved by as many bits as guard and slots have: shorter ones come first. */
void probe_cnode(struct probe *p)
{
    uint32_t object = SK_SPEC_NONE;

    for (depth = 1; depth <= seL4_WordBits && object == SK_SPEC_NONE; depth++) {
        object = probe_each(p, SK_SPEC_CNODE, is_cnode);
    }
    probe_print(p, "cnode_%d (guard: 0x0, guard_size: %d)", (int)object,
                object == SK_SPEC_NONE ? -1 : (int)(depth - 1 - bits_of(p, object)));
}

/* A context can be taken from the thread that has it, and from no other one. */
void probe_context(struct probe *p)
{
    seL4_CPtr tried = probe_slot(p, SLOT_TRIED);
    int object = -1;

    for (uint32_t n = 0; n < p->thread_count && object < 0; n++) {
        const struct thread *t = &p->threads[n];

        if (t->context != 0 && seL4_SchedContext_UnbindObject(tried, t->tcb) == seL4_NoError) {
            (void)seL4_SchedContext_Bind(tried, t->tcb);
            object = (int)probe_number(p, t->context);
        }
    }
    probe_print(p, "sc_%d", object);
}

/* A range that begins in a page that is mapped, and ends in another one, is refused. */
static bool is_vspace(struct probe *p, uint32_t object)
{
    uint64_t half = 1ul << (seL4_PageBits - 1);

    return seL4_ARM_VSpace_Clean_Data(probe_object(p, object), p->free_vaddr + half,
                                      p->free_vaddr + 3 * half) == seL4_RangeError;
}

void probe_vspace(struct probe *p)
{
    uint32_t object = SK_SPEC_NONE;

    if (seL4_ARM_Page_Map(
            probe_slot(p, SLOT_FRAME), probe_slot(p, SLOT_TRIED), p->free_vaddr, seL4_CanRead,
            seL4_ARM_Default_VMAttributes | seL4_ARM_ExecuteNever) == seL4_NoError) {
        object = probe_each(p, SK_SPEC_VSPACE, is_vspace);
        (void)seL4_ARM_Page_Unmap(probe_slot(p, SLOT_FRAME));
    }
    probe_print(p, "pgd_%d", (int)object);
}

bool probe_is_device(const struct probe *p, uint64_t paddr)
{
    for (uint32_t n = 0; n < p->in->untyped_count; n++) {
        const struct sk_init_untyped *u = &p->in->untypeds[n];

        if (u->is_device && paddr >= u->paddr && paddr - u->paddr < 1ull << u->size_bits) {
            return true;
        }
    }
    return false;
}

void probe_frame(struct probe *p)
{
    seL4_CPtr copy = probe_slot(p, SLOT_MADE);
    uint64_t paddr = seL4_ARM_Page_GetAddress(probe_slot(p, SLOT_TRIED)).paddr;
    uint64_t window = p->in->window;
    bool may_read = false, may_write = false;

    if (probe_is_device(p, paddr) ||
        probe_mint(p, SLOT_MADE, probe_slot(p, SLOT_TRIED), 0) != seL4_NoError) {
        probe_print(p, "frame_0x%lx (device)", paddr);
        return;
    }
    if (seL4_ARM_Page_Map(copy, seL4_CapInitThreadVSpace, window, seL4_ReadWrite,
                          seL4_ARM_Default_VMAttributes) == seL4_AlignmentError) {
        window = p->in->large_window;
        (void)seL4_ARM_Page_Map(copy, seL4_CapInitThreadVSpace, window, seL4_ReadWrite,
                                seL4_ARM_Default_VMAttributes);
    }
    may_read = helper_run(p, HELPER_LOAD, window, NULL) == HELPER_DONE;
    may_write = helper_run(p, HELPER_STORE, window, NULL) == HELPER_DONE;
    probe_delete(p, SLOT_MADE);
    probe_print(p, "frame_0x%lx (%s%s)", paddr, may_read ? "R" : "", may_write ? "W" : "");
}
