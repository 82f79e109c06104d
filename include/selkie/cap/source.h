/*
 * A source: where slots, objects and mapped memory come from.
 *
 * Code that needs objects to do its work (thread start, a growable heap) takes them from a
 * struct sk_source, and so does not know who manages the system's memory. An implementation
 * embeds the struct as its first member and fills in every function but those that may be NULL;
 * rt brings one that only takes from the boot info, the allocators of selkie/alloc implement
 * the same.
 *
 * What a function takes it takes whole: on an error nothing has been taken. Giving back does
 * not fail; a source that cannot use again what it is given remembers nothing of it. A source
 * says itself whether threads may share it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/base/err.h>
#include <selkie/cap/blueprint.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/rights.h>
#include <selkie/cap/slot.h>

struct sk_source {
    /*
     * Take count empty slots, at least one, of one CNode, one behind the other. They are in
     * the CSpace of the threads that use the source: sk_slot_cptr() is what to invoke.
     *
     * SK_ERR_NO_SLOT: there are not so many in a row.
     */
    sk_err (*take_slots)(struct sk_source *self, seL4_Word count, sk_slots *ret_slots);

    /* Slots that were taken, and are empty again. Any part of them may be given. */
    void (*give_slots)(struct sk_source *self, sk_slots slots);

    /*
     * Make an object in an empty slot of this source's.
     *
     * SK_ERR_NO_MEMORY: there is no memory for it.
     * SK_ERR_FRAGMENTED: there is, but not in one piece.
     */
    sk_err (*make_object)(struct sk_source *self, sk_blueprint what, sk_slot into);

    /*
     * Delete what make_object made of this blueprint in this slot, which is empty then. No
     * other capability to the object is left, so its memory may be used again.
     */
    void (*free_object)(struct sk_source *self, sk_blueprint what, sk_slot at);

    /*
     * Map a page at vaddr, aligned to its size, of the VSpace of the threads that use the
     * source; page tables that it needs are made.
     *
     * SK_ERR_DELETE_FIRST: something is mapped at vaddr already, or the frame elsewhere.
     * SK_ERR_RANGE: part of the page, or all of it, is kept for something else.
     * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: there is none for a page table.
     */
    sk_err (*map)(struct sk_source *self, sk_frame frame, uintptr_t vaddr,
                  enum sk_rights rights);

    /* Unmap what map mapped. */
    void (*unmap)(struct sk_source *self, sk_frame frame);

    /*
     * Take count pages of 1 << seL4_PageBits bytes, zeroed, mapped one behind the other for
     * reading and writing, at an address of the source's choice. The page below the first
     * and the one behind the last are not mapped to anything.
     *
     * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: there is not enough.
     */
    sk_err (*take_pages)(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr);

    /* The frame of one page that was taken: for what names it to the kernel, as IPC buffers. */
    sk_frame (*page_frame)(struct sk_source *self, uintptr_t vaddr);

    /* Pages that were taken together, all of them. */
    void (*give_pages)(struct sk_source *self, uintptr_t vaddr, seL4_Word count);

    /*
     * Make an object in each of several slots, in fewer kernel calls than there are objects
     * where that can be; all or none. They are freed together, by free_objects. Both are NULL
     * in a source that has no way to do better than one by one.
     *
     * Errors are those of make_object.
     */
    sk_err (*make_objects)(struct sk_source *self, sk_blueprint what, sk_slots into);
    void (*free_objects)(struct sk_source *self, sk_blueprint what, sk_slots at);
};
