/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/boot_source.h>

#include <stdbool.h>

#include <selkie/arch/rt/vspace.h>

#include "lock.h"
#include "start.h"

/* Smaller pieces are left to the program. */
#define SMALLEST_PIECE_BITS (seL4_PageBits - 1)

static seL4_BootInfo *boot_info;
static struct lock lock;

static bool is_stopped;

/* The piece of RAM that objects are made from; those before it are used up. */
static struct piece {
    seL4_Word index;
    unsigned bits;
    seL4_Word used; /* bytes from its start */
} piece = {.bits = SMALLEST_PIECE_BITS, .used = 1 << SMALLEST_PIECE_BITS};

/*
 * The address of the page whose frame is in a slot. Each slot has a page of the address space
 * of its own, so nothing is to be remembered, and a slot that is left empty is a guard.
 */
static uintptr_t page_of(seL4_CPtr slot)
{
    return SK_BOOT_SOURCE_PAGES + (slot << seL4_PageBits);
}

static seL4_CPtr slot_of(uintptr_t vaddr)
{
    return (vaddr - SK_BOOT_SOURCE_PAGES) >> seL4_PageBits;
}

static void delete (seL4_CPtr slot)
{
    /* Fails only where the slot is not a slot; deleting nothing is well. */
    (void)seL4_CNode_Delete(seL4_CapInitThreadCNode, slot, seL4_WordBits);
}

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    seL4_SlotRegion *empty = &boot_info->empty;
    sk_err err = SK_ERR_NO_SLOT;

    (void)self;
    lock_take(&lock);
    if (!is_stopped && count <= empty->end - empty->start) {
        empty->end -= count;
        *ret_slots = (sk_slots){
            sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, empty->end),
            count,
        };
        err = SK_OK;
    }
    lock_release(&lock);
    return err;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    (void)self;
    lock_take(&lock);
    /* Those that were taken last can be taken again; others are lost. */
    if (!is_stopped && slots.first.index == boot_info->empty.end) {
        boot_info->empty.end += slots.count;
    }
    lock_release(&lock);
}

/* Go on to the next piece of RAM: the smallest that is larger, or as large and behind it. */
static bool next_piece(void)
{
    const seL4_UntypedDesc *list = boot_info->untypedList;
    seL4_Word count = boot_info->untyped.end - boot_info->untyped.start;
    seL4_Word best = count;

    for (seL4_Word i = 0; i < count; i++) {
        bool is_later = list[i].sizeBits > piece.bits ||
                        (list[i].sizeBits == piece.bits && i > piece.index);

        if (!list[i].isDevice && is_later &&
            (best == count || list[i].sizeBits < list[best].sizeBits)) {
            best = i;
        }
    }
    if (best == count) {
        return false;
    }
    piece = (struct piece){best, list[best].sizeBits, 0};
    return true;
}

/* Make the object in the piece at hand. */
static bool make_here(sk_blueprint what, sk_slot into)
{
    seL4_Word size = sk_blueprint_size(what);
    seL4_Word start = (piece.used + size - 1) & -size;

    /* Asked first, so that a debug kernel has no error to print. */
    if (start + size > (seL4_Word)1 << piece.bits ||
        seL4_Untyped_Retype(boot_info->untyped.start + piece.index, what.type, what.size_bits,
                            into.root.cptr, 0, 0, into.index, 1) != seL4_NoError) {
        return false;
    }
    piece.used = start + size;
    return true;
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    bool is_made;

    (void)self;
    lock_take(&lock);
    struct piece before = piece;
    do {
        is_made = !is_stopped && make_here(what, into);
    } while (!is_made && !is_stopped && next_piece());
    if (!is_made) {
        piece = before;
    }
    lock_release(&lock);
    return is_made ? SK_OK : SK_ERR_NO_MEMORY;
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    (void)self;
    (void)what;
    delete (at.index);
}

static sk_err make_table(struct sk_source *self, uintptr_t vaddr)
{
    sk_slots slot;

    SK_TRY(take_slots(self, 1, &slot));
    sk_err err = make_object(self, sk_blueprint_page_table(), slot.first);
    if (err == SK_OK) {
        err = (sk_err)sk_arch_page_table_map(slot.first.index, seL4_CapInitThreadVSpace, vaddr);
    }
    /* Another thread may have put a table there meanwhile. */
    if (err != SK_OK) {
        delete (slot.first.index);
        give_slots(self, slot);
    }
    return err == SK_ERR_DELETE_FIRST ? SK_OK : err;
}

static sk_err map(struct sk_source *self, sk_frame frame, uintptr_t vaddr,
                  enum sk_rights rights)
{
    for (;;) {
        seL4_Error error = sk_arch_page_map_as(frame.cptr, seL4_CapInitThreadVSpace, vaddr,
                                               sk_rights_raw(rights), rights & SK_EXECUTE);

        if (error != seL4_FailedLookup) {
            return (sk_err)error;
        }
        SK_TRY(make_table(self, vaddr));
    }
}

static void unmap(struct sk_source *self, sk_frame frame)
{
    (void)self;
    /* Fails only on a capability that is no frame's; then nothing is mapped. */
    (void)sk_arch_page_unmap(frame.cptr);
}

static sk_frame page_frame(struct sk_source *self, uintptr_t vaddr)
{
    (void)self;
    return (sk_frame){slot_of(vaddr)};
}

/* A page at the address of its slot. */
static sk_err take_page(struct sk_source *self, sk_slot slot)
{
    SK_TRY(make_object(self, sk_blueprint_frame(seL4_PageBits), slot));

    sk_err err = map(self, (sk_frame){slot.index}, page_of(slot.index), SK_RW);
    if (err != SK_OK) {
        delete (slot.index);
    }
    return err;
}

/* Slots whose first one stays empty, so that the pages have a guard below them. */
static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    sk_slots slots = {
        sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, slot_of(vaddr) - 1),
        count + 1,
    };

    for (seL4_Word i = 1; i <= count; i++) {
        delete (slots.first.index + i);
    }
    give_slots(self, slots);
}

static sk_err take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    sk_slots slots;

    SK_TRY(take_slots(self, count + 1, &slots));

    uintptr_t vaddr = page_of(slots.first.index + 1);
    for (seL4_Word i = 0; i < count; i++) {
        sk_err err = take_page(self, sk_slot_plus(slots.first, i + 1));

        if (err != SK_OK) {
            give_pages(self, vaddr, count);
            return err;
        }
    }
    *ret_vaddr = vaddr;
    return SK_OK;
}

static struct sk_source source = {
    .take_slots = take_slots,
    .give_slots = give_slots,
    .make_object = make_object,
    .free_object = free_object,
    .map = map,
    .unmap = unmap,
    .take_pages = take_pages,
    .page_frame = page_frame,
    .give_pages = give_pages,
};

struct sk_source *sk_boot_source(void)
{
    return &source;
}

void sk_boot_source_stop(struct sk_boot_rest *ret_rest)
{
    lock_take(&lock);
    is_stopped = true;
    *ret_rest = (struct sk_boot_rest){piece.index, piece.bits, piece.used};
    lock_release(&lock);
}

void sk_boot_source_start(seL4_BootInfo *bi)
{
    sk_slots slot;

    boot_info = bi;
    /* Its own lock cannot ask it for the notification to wait on. */
    if (take_slots(&source, 1, &slot) != SK_OK ||
        make_object(&source, SK_BLUEPRINT(Notification), slot.first) != SK_OK) {
        sk_panic_plain("panic: the boot source has no memory, or no slot");
    }
    lock.notification = slot.first.index;
}
