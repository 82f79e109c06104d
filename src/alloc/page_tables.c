/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>

#include "space.h"

/*
 * Which tables there are is known where they were made here: a table that was made has nothing
 * in it but what was put there since. Where no table on the way is ours, the kernel is asked,
 * by trying: it names the one that is missing first.
 */

static uintptr_t base_of(uintptr_t vaddr, unsigned span_bits)
{
    return vaddr >> span_bits << span_bits;
}

/* Table of that span with vaddr in it, if it was made here. Spans are less than a page. */
static struct table *find(const struct sk_address_space *as, uintptr_t vaddr,
                          unsigned span_bits)
{
    if (span_bits >= seL4_WordBits) {
        return NULL;
    }
    return (struct table *)sk_index_find(as->tables, base_of(vaddr, span_bits) | span_bits);
}

static void use(const struct sk_address_space *as, uintptr_t vaddr, unsigned span_bits)
{
    struct table *t = find(as, vaddr, span_bits);

    if (t != NULL) {
        t->used++;
    }
}

/* Free the tables from that span up as far as they are empty. */
static void reclaim(struct sk_address_space *as, uintptr_t vaddr, unsigned span_bits)
{
    struct table *t;

    while ((t = find(as, vaddr, span_bits)) != NULL && t->used == 0) {
        sk_index_remove(&as->tables, &t->node);
        as->source->free_object(as->source, sk_arch_table_blueprint(span_bits), t->slot);
        as->source->give_slots(as->source, (sk_slots){t->slot, 1});
        sk_record_pool_give(as->records, t);
        as->table_count--;
        span_bits += SK_ARCH_TABLE_INDEX_BITS;
        t = find(as, vaddr, span_bits);
        if (t != NULL) {
            t->used--;
        }
    }
}

static sk_err fill_slot(struct sk_address_space *as, uintptr_t vaddr, unsigned span_bits,
                        sk_slot slot)
{
    sk_blueprint what = sk_arch_table_blueprint(span_bits);
    sk_err err;

    SK_TRY(as->source->make_object(as->source, what, slot));
    err = (sk_err)sk_arch_table_map(sk_slot_cptr(slot), as->vspace.cptr,
                                    base_of(vaddr, span_bits), span_bits);
    if (err != SK_OK) {
        as->source->free_object(as->source, what, slot);
    }
    return err;
}

static sk_err make(struct sk_address_space *as, uintptr_t vaddr, unsigned span_bits)
{
    struct table *t = (struct table *)sk_record_pool_take(as->records);
    sk_slots slot = {0};
    sk_err err;

    if (t == NULL) {
        return SK_ERR_NO_MEMORY;
    }
    err = as->source->take_slots(as->source, 1, &slot);
    if (err == SK_OK) {
        err = fill_slot(as, vaddr, span_bits, slot.first);
    }
    if (err != SK_OK) {
        if (slot.count != 0) {
            as->source->give_slots(as->source, slot);
        }
        sk_record_pool_give(as->records, t);
        return err;
    }
    *t = (struct table){
        .node = {.key = base_of(vaddr, span_bits) | span_bits},
        .slot = slot.first,
        .span_bits = (uint8_t)span_bits,
    };
    sk_require(sk_index_insert(&as->tables, &t->node));
    use(as, vaddr, span_bits + SK_ARCH_TABLE_INDEX_BITS);
    as->table_count++;
    return SK_OK;
}

/* Make the tables that are known to be missing: those below one that was made here. */
static sk_err make_known(struct sk_address_space *as, uintptr_t vaddr, unsigned lowest)
{
    unsigned span_bits = lowest;

    while (span_bits < seL4_WordBits && find(as, vaddr, span_bits) == NULL) {
        span_bits += SK_ARCH_TABLE_INDEX_BITS;
    }
    if (span_bits >= seL4_WordBits) {
        return SK_OK;
    }
    while (span_bits > lowest) {
        span_bits -= SK_ARCH_TABLE_INDEX_BITS;
        SK_TRY(make(as, vaddr, span_bits));
    }
    return SK_OK;
}

/* The kernel's errors of mapping a frame, as this layer documents them. */
static sk_err own_error(sk_err err)
{
    /* The capability is mapped already, at another address. */
    return err == SK_ERR_INVALID_ARGUMENT ? SK_ERR_DELETE_FIRST : err;
}

static sk_err put(struct sk_address_space *as, seL4_CPtr frame, uintptr_t vaddr,
                  unsigned lowest, const struct sk_map_options *options)
{
    for (;;) {
        unsigned missing;
        sk_err err;

        SK_TRY(make_known(as, vaddr, lowest));
        err = (sk_err)sk_arch_frame_map(
            frame, as->vspace.cptr, vaddr, sk_rights_raw(options->rights),
            (options->rights & SK_EXECUTE) != 0, options->is_device);
        if (err != SK_ERR_FAILED_LOOKUP) {
            return own_error(err);
        }
        missing = sk_arch_table_missing();
        /* Something lies in the way: a table, where the frame would be. */
        if (missing < lowest || missing >= seL4_WordBits || find(as, vaddr, missing) != NULL) {
            return SK_ERR_DELETE_FIRST;
        }
        SK_TRY(make(as, vaddr, missing));
    }
}

/* The table that is only kept goes, if a large frame is to be in its place. */
static void clear_way(struct sk_address_space *as, uintptr_t vaddr, unsigned size_bits)
{
    if (as->warm_span != 0 && as->warm_span <= size_bits &&
        base_of(as->warm, size_bits) == vaddr) {
        reclaim(as, as->warm, as->warm_span);
        as->warm_span = 0;
    }
}

sk_err sk_space_put(struct sk_address_space *as, seL4_CPtr frame, uintptr_t vaddr,
                    unsigned size_bits, const struct sk_map_options *options)
{
    unsigned lowest = size_bits + SK_ARCH_TABLE_INDEX_BITS;
    sk_err err;

    clear_way(as, vaddr, size_bits);
    err = put(as, frame, vaddr, lowest, options);

    if (err == SK_OK) {
        use(as, vaddr, lowest);
        return SK_OK;
    }
    /* The lowest table that was made, if any, is empty. */
    while (lowest < seL4_WordBits && find(as, vaddr, lowest) == NULL) {
        lowest += SK_ARCH_TABLE_INDEX_BITS;
    }
    reclaim(as, vaddr, lowest);
    return err;
}

void sk_space_left(struct sk_address_space *as, uintptr_t vaddr, unsigned size_bits)
{
    unsigned lowest = size_bits + SK_ARCH_TABLE_INDEX_BITS;
    struct table *t = find(as, vaddr, lowest);

    if (t == NULL || --t->used != 0) {
        return;
    }
    /* The one that was emptied last is as a rule the next that is wanted. */
    if (as->warm == base_of(vaddr, lowest) && as->warm_span == lowest) {
        return;
    }
    if (as->warm_span != 0) {
        reclaim(as, as->warm, as->warm_span);
    }
    as->warm = base_of(vaddr, lowest);
    as->warm_span = lowest;
}

void sk_address_space_trim(struct sk_address_space *as)
{
    if (as->warm_span != 0) {
        reclaim(as, as->warm, as->warm_span);
        as->warm_span = 0;
    }
    if (as->records == &as->own_records) {
        sk_record_pool_trim(as->records, 0);
    }
}
