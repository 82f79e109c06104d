/* SPDX-License-Identifier: BSD-2-Clause */
#include "source.h"

#include <selkie/arch/rt/vspace.h>

#include "../load.h"

/* A page's address says which slot its frame is in. */
#define PAGES ((uintptr_t)0x50000000)

static seL4_Word next = CHILD_FREE_SLOTS;

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    (void)self;
    if (count > ((seL4_Word)1 << CHILD_CNODE_BITS) - next) {
        return SK_ERR_NO_SLOT;
    }
    *ret_slots = (sk_slots){sk_slot_at((sk_cnode){CHILD_CNODE}, next), count};
    next += count;
    return SK_OK;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    (void)self;
    (void)slots;
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    (void)self;
    return (sk_err)seL4_Untyped_Retype(CHILD_UNTYPED, what.type, what.size_bits, CHILD_CNODE, 0,
                                       0, into.index, 1);
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    (void)self;
    (void)what;
    (void)seL4_CNode_Delete(CHILD_CNODE, at.index, seL4_WordBits);
}

static sk_err take_page(struct sk_source *self, sk_slot slot)
{
    uintptr_t vaddr = PAGES + (slot.index << seL4_PageBits);
    seL4_Error error;
    sk_slots table;

    SK_TRY(make_object(self, sk_blueprint_frame(seL4_PageBits), slot));
    while ((error = sk_arch_page_map(slot.index, CHILD_VSPACE, vaddr, seL4_ReadWrite)) ==
           seL4_FailedLookup) {
        SK_TRY(take_slots(self, 1, &table));
        SK_TRY(make_object(self, sk_blueprint_page_table(), table.first));
        SK_TRY((sk_err)sk_arch_page_table_map(table.first.index, CHILD_VSPACE, vaddr));
    }
    return (sk_err)error;
}

static sk_err take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    sk_slots slots;

    SK_TRY(take_slots(self, count + 1, &slots));
    for (seL4_Word i = 1; i <= count; i++) {
        SK_TRY(take_page(self, sk_slots_get(slots, i)));
    }
    *ret_vaddr = PAGES + ((slots.first.index + 1) << seL4_PageBits);
    return SK_OK;
}

static sk_frame page_frame(struct sk_source *self, uintptr_t vaddr)
{
    (void)self;
    return (sk_frame){(vaddr - PAGES) >> seL4_PageBits};
}

static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    for (seL4_Word i = 0; i < count; i++) {
        free_object(self, sk_blueprint_frame(seL4_PageBits),
                    (sk_slot){.index = page_frame(self, vaddr).cptr + i});
    }
}

struct sk_source *child_source(void)
{
    static struct sk_source source = {
        .take_slots = take_slots,
        .give_slots = give_slots,
        .make_object = make_object,
        .free_object = free_object,
        .take_pages = take_pages,
        .page_frame = page_frame,
        .give_pages = give_pages,
    };

    return &source;
}
