/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>

#include "objects.h"
#include "space.h"

static struct run *of_name(struct sk_index_node *node)
{
    return (struct run *)(void *)((char *)node - offsetof(struct run, name));
}

struct run *sk_space_run(const struct sk_address_space *as, uintptr_t addr)
{
    struct run *r = run_of(sk_index_before(as->runs, addr));

    return r != NULL && addr - r->node.key < run_size(r) ? r : NULL;
}

struct run *sk_space_run_from(const struct sk_address_space *as, uintptr_t addr)
{
    return run_of(sk_index_after(as->runs, addr));
}

/* A single frame of the caller's can be named by its capability. */
static bool has_name(const struct run *r)
{
    return r->ownership == FOREIGN && r->count == 1;
}

/* Is [vaddr, vaddr + size) all in one reservation, and nothing mapped there? */
static sk_err check_place(const struct sk_address_space *as, uintptr_t vaddr, seL4_Word size)
{
    const struct area *a = sk_space_area(as, vaddr);
    const struct run *next;

    if (a == NULL || vaddr < a->vaddr || size > a->size || vaddr - a->vaddr > a->size - size) {
        return SK_ERR_RANGE;
    }
    next = sk_space_run_from(as, vaddr);
    return sk_space_run(as, vaddr) != NULL || (next != NULL && next->node.key - vaddr < size)
               ? SK_ERR_DELETE_FIRST
               : SK_OK;
}

/* Unmap the first count frames of r, which is not in the index. */
static void take_out(struct sk_address_space *as, const struct run *r, seL4_Word count)
{
    for (seL4_Word n = 0; n < count; n++) {
        /* Fails only where there is no frame any more; nothing is mapped then either. */
        (void)sk_arch_frame_unmap(run_frame(r, n));
        sk_space_left(as, r->node.key + (n << r->size_bits), r->size_bits);
    }
}

sk_err sk_space_map_run(struct sk_address_space *as, struct run *r, uintptr_t vaddr,
                        const struct sk_map_options *options)
{
    if ((vaddr & (((seL4_Word)1 << r->size_bits) - 1)) != 0) {
        return SK_ERR_ALIGNMENT;
    }
    SK_TRY(check_place(as, vaddr, run_size(r)));
    r->node.key = vaddr;
    r->name.key = run_frame(r, 0);
    r->rights = (uint8_t)options->rights;
    r->is_device = options->is_device;
    if (has_name(r) && !sk_index_insert(&as->names, &r->name)) {
        return SK_ERR_DELETE_FIRST;
    }
    for (seL4_Word n = 0; n < r->count; n++) {
        sk_err err = sk_space_put(as, run_frame(r, n), vaddr + (n << r->size_bits),
                                  r->size_bits, options);

        if (err != SK_OK) {
            take_out(as, r, n);
            if (has_name(r)) {
                sk_index_remove(&as->names, &r->name);
            }
            return err;
        }
    }
    sk_require(sk_index_insert(&as->runs, &r->node));
    as->mapped_bytes += run_size(r);
    return SK_OK;
}

/* The capabilities of a run go, and their slots, unless they are the caller's. */
static void drop_frames(struct sk_address_space *as, const struct run *r)
{
    sk_slots slots = {r->first, r->count};

    if (r->ownership == FOREIGN) {
        return;
    }
    if (r->ownership == MADE) {
        sk_objects_free(as->source, sk_blueprint_frame(r->size_bits), slots);
    } else {
        for (seL4_Word n = 0; n < r->count; n++) {
            /* Fails only where there is no slot. */
            (void)sk_slot_delete(sk_slots_get(slots, n));
        }
    }
    as->source->give_slots(as->source, slots);
}

void sk_space_unmap_run(struct sk_address_space *as, struct run *r)
{
    sk_index_remove(&as->runs, &r->node);
    if (has_name(r)) {
        sk_index_remove(&as->names, &r->name);
    }
    as->mapped_bytes -= run_size(r);
    if (r->ownership == FOREIGN) {
        take_out(as, r, r->count);
    } else {
        /* A frame without a capability is mapped nowhere. */
        drop_frames(as, r);
        for (seL4_Word n = 0; n < r->count; n++) {
            sk_space_left(as, r->node.key + (n << r->size_bits), r->size_bits);
        }
    }
    sk_record_pool_give(as->records, r);
}

/* Map frames of the caller's, and reserve a place for them unless there is one. */
static sk_err map_foreign(struct sk_address_space *as, const struct run *what,
                          const struct sk_map_options *given, uintptr_t *ret_vaddr)
{
    struct sk_map_options options = sk_space_options(given);
    uintptr_t vaddr = options.vaddr;
    bool is_placed = vaddr == 0 || sk_space_area(as, vaddr) == NULL;
    struct run *r;
    sk_err err;

    SK_TRY(sk_space_check_rights(&options));
    if (what->count == 0) {
        return SK_ERR_RANGE;
    }
    if (is_placed) {
        err = sk_space_place(as, run_size(what), what->size_bits, &options, &vaddr);
        /* It begins outside of all reservations, and not all of it is. */
        SK_TRY(err == SK_ERR_DELETE_FIRST ? SK_ERR_RANGE : err);
        sk_space_area(as, vaddr)->is_of_mapping = true;
    }
    err = sk_space_prepare(as, SK_SPACE_TABLE_SLOTS);
    r = err == SK_OK ? (struct run *)sk_record_pool_take(as->records) : NULL;
    if (r != NULL) {
        *r = *what;
        err = sk_space_map_run(as, r, vaddr, &options);
    } else if (err == SK_OK) {
        err = SK_ERR_NO_MEMORY;
    }
    if (err != SK_OK) {
        if (r != NULL) {
            sk_record_pool_give(as->records, r);
        }
        if (is_placed) {
            sk_address_space_release(as, vaddr);
        }
        return err;
    }
    if (ret_vaddr != NULL) {
        *ret_vaddr = vaddr;
    }
    return SK_OK;
}

sk_err sk_address_space_map(struct sk_address_space *as, sk_frame frame, unsigned size_bits,
                            const struct sk_map_options *options, uintptr_t *ret_vaddr)
{
    struct run what = {
        .first = {.index = frame.cptr, .depth = seL4_WordBits},
        .count = 1,
        .size_bits = (uint8_t)size_bits,
    };

    return map_foreign(as, &what, options, ret_vaddr);
}

sk_err sk_address_space_map_slots(struct sk_address_space *as, sk_slots slots,
                                  unsigned size_bits, const struct sk_map_options *options,
                                  uintptr_t *ret_vaddr)
{
    struct run what = {
        .first = slots.first,
        .count = (uint32_t)slots.count,
        .size_bits = (uint8_t)size_bits,
    };

    return map_foreign(as, &what, options, ret_vaddr);
}

static void unmap(struct sk_address_space *as, struct run *r)
{
    struct area *a = sk_space_area(as, r->node.key);

    if (a->is_of_mapping) {
        sk_address_space_release(as, a->vaddr);
    } else {
        sk_space_unmap_run(as, r);
    }
}

void sk_address_space_unmap(struct sk_address_space *as, uintptr_t vaddr)
{
    struct run *r = run_of(sk_index_find(as->runs, vaddr));

    sk_require(r != NULL && r->ownership == FOREIGN);
    unmap(as, r);
}

bool sk_address_space_has_frame(const struct sk_address_space *as, sk_frame frame)
{
    return sk_index_find(as->names, frame.cptr) != NULL;
}

void sk_address_space_unmap_frame(struct sk_address_space *as, sk_frame frame)
{
    struct sk_index_node *name = sk_index_find(as->names, frame.cptr);

    sk_require(name != NULL);
    unmap(as, of_name(name));
}

sk_err sk_address_space_frame(const struct sk_address_space *as, uintptr_t vaddr,
                              sk_frame *ret_frame, uintptr_t *ret_start, unsigned *ret_bits)
{
    const struct run *r = sk_space_run(as, vaddr);
    seL4_Word n;

    if (r == NULL) {
        return SK_ERR_RANGE;
    }
    n = (vaddr - r->node.key) >> r->size_bits;
    *ret_frame = (sk_frame){run_frame(r, n)};
    *ret_start = r->node.key + (n << r->size_bits);
    *ret_bits = r->size_bits;
    return SK_OK;
}
