/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>

#include "objects.h"
#include "space.h"

/* Frames of one run at most: what the kernel makes at once. */
#define RUN_FRAMES seL4_UntypedRetypeMaxObjects

/* The largest size of a frame up to most bits; 0 if there is none. */
static unsigned frame_bits(unsigned most)
{
    unsigned best = 0;

#define FRAME_BITS_BETTER(type, bits)      \
    if ((bits) <= most && (bits) > best) { \
        best = (bits);                     \
    }
    SK_ARCH_FRAMES(FRAME_BITS_BETTER)
    return best;
}

/* The largest size of a frame that may begin at vaddr and end by end. */
static unsigned bits_at(uintptr_t vaddr, uintptr_t end, unsigned most)
{
    unsigned bits = frame_bits(most);

    while (bits > seL4_PageBits && ((vaddr & (((seL4_Word)1 << bits) - 1)) != 0 ||
                                    (seL4_Word)1 << bits > end - vaddr)) {
        bits = frame_bits(bits - 1);
    }
    return bits;
}

/* How many frames of that size follow each other before a larger one may begin. */
static seL4_Word count_at(uintptr_t vaddr, uintptr_t end, unsigned bits, unsigned most)
{
    seL4_Word count = (end - vaddr) >> bits;
    seL4_Word n = 1;

    if (count > RUN_FRAMES) {
        count = RUN_FRAMES;
    }
    while (n < count && bits_at(vaddr + (n << bits), end, most) == bits) {
        n++;
    }
    return n;
}

/* Slots for up to count frames: fewer if there are not so many in a row. */
static sk_err take_slots(struct sk_source *source, seL4_Word count, sk_slots *ret_slots)
{
    sk_err err = source->take_slots(source, count, ret_slots);

    while (err == SK_ERR_NO_SLOT && count > 1) {
        count /= 2;
        err = source->take_slots(source, count, ret_slots);
    }
    return err;
}

/* One run of new frames at vaddr; ret_size is how much of the range it covers. */
static sk_err add_run(struct sk_address_space *as, uintptr_t vaddr, seL4_Word count,
                      unsigned bits, const struct sk_map_options *options, seL4_Word *ret_size)
{
    sk_slots slots;
    struct run *r;
    sk_err err;

    SK_TRY(sk_space_prepare(as, count + SK_SPACE_TABLE_SLOTS));
    SK_TRY(take_slots(as->source, count, &slots));
    err = sk_objects_make(as->source, sk_blueprint_frame(bits), slots);
    if (err != SK_OK) {
        as->source->give_slots(as->source, slots);
        return err;
    }
    r = (struct run *)sk_record_pool_take(as->records);
    err = SK_ERR_NO_MEMORY;
    if (r != NULL) {
        *r = (struct run){
            .first = slots.first,
            .count = (uint32_t)slots.count,
            .size_bits = (uint8_t)bits,
            .ownership = MADE,
        };
        err = sk_space_map_run(as, r, vaddr, options);
    }
    if (err != SK_OK) {
        sk_objects_free(as->source, sk_blueprint_frame(bits), slots);
        as->source->give_slots(as->source, slots);
        if (r != NULL) {
            sk_record_pool_give(as->records, r);
        }
        return err;
    }
    *ret_size = slots.count << bits;
    return SK_OK;
}

/* Where fill() is, and how large frames may be there. */
struct filling {
    uintptr_t vaddr;
    uintptr_t end;
    unsigned most;       /* as large as there is memory for */
    unsigned most_here;  /* up to here_end, where a table lies that a larger one would need */
    uintptr_t here_end;  /* no more than vaddr: there is none */
    seL4_Word run_count; /* so many in a run at most */
};

/* What is to be tried next. */
static void choose_run(const struct filling *f, unsigned *ret_bits, seL4_Word *ret_count)
{
    bool is_here = f->vaddr < f->here_end;
    uintptr_t end = is_here ? f->here_end : f->end;
    unsigned most = is_here && f->most_here < f->most ? f->most_here : f->most;
    unsigned bits = bits_at(f->vaddr, end, most);
    seL4_Word count = count_at(f->vaddr, end, bits, most);

    *ret_bits = bits;
    *ret_count = count < f->run_count ? count : f->run_count;
}

/*
 * After count frames of that size could not be had: is there something else to try? Smaller
 * frames may do, from now on where memory is short, or around a table that is somebody else's.
 */
static bool try_other(struct filling *f, sk_err err, unsigned bits, seL4_Word count)
{
    switch (err) {
    case SK_ERR_NO_MEMORY:
    case SK_ERR_FRAGMENTED:
        f->most = frame_bits(bits - 1);
        return true;
    case SK_ERR_DELETE_FIRST:
        if (count > 1) {
            f->run_count = count / 2;
        } else {
            f->most_here = frame_bits(bits - 1);
            f->here_end = f->vaddr + ((uintptr_t)1 << bits);
            f->run_count = RUN_FRAMES;
        }
        return true;
    default:
        return false;
    }
}

/* Fill [vaddr, end) with the largest frames that fit and that there is memory for. */
static sk_err fill(struct sk_address_space *as, uintptr_t vaddr, uintptr_t end,
                   const struct sk_map_options *options)
{
    struct filling f = {
        .vaddr = vaddr,
        .end = end,
        .most = frame_bits(options->max_page_bits),
        .run_count = RUN_FRAMES,
    };

    while (f.vaddr < end) {
        unsigned bits;
        seL4_Word count;
        seL4_Word size;

        choose_run(&f, &bits, &count);
        sk_err err = add_run(as, f.vaddr, count, bits, options, &size);
        if (err == SK_OK) {
            f.vaddr += size;
            f.run_count = f.run_count < RUN_FRAMES / 2 ? 2 * f.run_count : RUN_FRAMES;
        } else if (bits <= options->min_page_bits || !try_other(&f, err, bits, count)) {
            return err;
        }
    }
    return SK_OK;
}

sk_err sk_address_space_map_new(struct sk_address_space *as, seL4_Word size,
                                const struct sk_map_options *given, uintptr_t *ret_vaddr)
{
    struct sk_map_options options = sk_space_options(given);
    seL4_Word unit;
    uintptr_t vaddr;
    unsigned align_bits;
    sk_err err;

    SK_TRY(sk_space_check_rights(&options));
    if (frame_bits(options.min_page_bits) != options.min_page_bits ||
        options.max_page_bits < options.min_page_bits) {
        return SK_ERR_ALIGNMENT;
    }
    unit = (seL4_Word)1 << options.min_page_bits;
    if ((options.vaddr & (unit - 1)) != 0) {
        return SK_ERR_ALIGNMENT;
    }
    if (size == 0 || size > SK_ARCH_USER_END) {
        return SK_ERR_NO_MEMORY;
    }
    size = (size + unit - 1) & ~(unit - 1);
    align_bits = bits_at(0, size, frame_bits(options.max_page_bits));
    SK_TRY(sk_space_place(as, size, align_bits, &options, &vaddr));
    err = fill(as, vaddr, vaddr + size, &options);
    if (err != SK_OK) {
        sk_address_space_release(as, vaddr);
        return err;
    }
    *ret_vaddr = vaddr;
    return SK_OK;
}

/* A slot of the caller's capability: what is known of it may be only its address. */
static sk_slot source_slot(const struct run *r, seL4_Word n, sk_slot like)
{
    sk_slot slot = sk_slot_plus(r->first, n);

    return slot.root.cptr != 0 ? slot : sk_slot_at(like.root, slot.index);
}

/* Copies of count capabilities of r from the first-th on, mapped at vaddr of as. */
static sk_err add_copies(struct sk_address_space *as, const struct run *r, seL4_Word first,
                         seL4_Word count, uintptr_t vaddr, const struct sk_map_options *options)
{
    struct run *copy;
    sk_slots slots;
    sk_err err = SK_OK;

    SK_TRY(sk_space_prepare(as, count + SK_SPACE_TABLE_SLOTS));
    SK_TRY(as->source->take_slots(as->source, count, &slots));
    for (seL4_Word n = 0; n < count && err == SK_OK; n++) {
        sk_slot to = sk_slots_get(slots, n);

        err = sk_slot_copy(to, source_slot(r, first + n, to), seL4_AllRights);
    }
    copy = err == SK_OK ? (struct run *)sk_record_pool_take(as->records) : NULL;
    if (copy != NULL) {
        *copy = (struct run){
            .first = slots.first,
            .count = (uint32_t)count,
            .size_bits = r->size_bits,
            .ownership = COPIED,
        };
        err = sk_space_map_run(as, copy, vaddr, options);
    } else if (err == SK_OK) {
        err = SK_ERR_NO_MEMORY;
    }
    if (err == SK_ERR_FAILED_LOOKUP) {
        err = SK_ERR_RANGE; /* there is no frame any more: nothing is mapped */
    }
    if (err != SK_OK) {
        for (seL4_Word n = 0; n < count; n++) {
            /* Deleting what is not there is well. */
            (void)sk_slot_delete(sk_slots_get(slots, n));
        }
        as->source->give_slots(as->source, slots);
        if (copy != NULL) {
            sk_record_pool_give(as->records, copy);
        }
    }
    return err;
}

/*
 * Frames of r from vaddr on that end by end. SK_ERR_RANGE: it does not begin or end with one.
 */
static sk_err part_of(const struct run *r, uintptr_t vaddr, uintptr_t end, seL4_Word *ret_first,
                      seL4_Word *ret_count)
{
    seL4_Word in_frame = ((seL4_Word)1 << r->size_bits) - 1;
    uintptr_t run_end = r->node.key + run_size(r);

    if (run_end < end) {
        end = run_end;
    }
    if (((vaddr - r->node.key) & in_frame) != 0 || ((end - vaddr) & in_frame) != 0) {
        return SK_ERR_RANGE;
    }
    *ret_first = (vaddr - r->node.key) >> r->size_bits;
    *ret_count = (end - vaddr) >> r->size_bits;
    return SK_OK;
}

/* Is all of the range mapped, by whole frames? Tells the largest frame's size. */
static sk_err check_shared(const struct sk_address_space *from, uintptr_t vaddr, uintptr_t end,
                           unsigned *ret_bits)
{
    *ret_bits = seL4_PageBits;
    while (vaddr < end) {
        const struct run *r = sk_space_run(from, vaddr);
        seL4_Word first, count;

        if (r == NULL) {
            return SK_ERR_RANGE;
        }
        SK_TRY(part_of(r, vaddr, end, &first, &count));
        if (r->size_bits > *ret_bits) {
            *ret_bits = r->size_bits;
        }
        vaddr += count << r->size_bits;
    }
    return SK_OK;
}

static sk_err copy_range(struct sk_address_space *from, uintptr_t vaddr, uintptr_t end,
                         struct sk_address_space *into, uintptr_t to,
                         const struct sk_map_options *options)
{
    while (vaddr < end) {
        const struct run *r = sk_space_run(from, vaddr);
        seL4_Word first, count;

        SK_TRY(part_of(r, vaddr, end, &first, &count));
        if (count > RUN_FRAMES) {
            count = RUN_FRAMES;
        }
        SK_TRY(add_copies(into, r, first, count, to, options));
        vaddr += count << r->size_bits;
        to += count << r->size_bits;
    }
    return SK_OK;
}

sk_err sk_address_space_share(struct sk_address_space *from, uintptr_t vaddr, seL4_Word size,
                              struct sk_address_space *into, const struct sk_map_options *given,
                              uintptr_t *ret_vaddr)
{
    struct sk_map_options options = sk_space_options(given);
    uintptr_t to;
    unsigned bits;
    sk_err err;

    SK_TRY(sk_space_check_rights(&options));
    if (size == 0 || vaddr + size < vaddr) {
        return SK_ERR_RANGE;
    }
    SK_TRY(check_shared(from, vaddr, vaddr + size, &bits));
    SK_TRY(sk_space_place(into, size, bits, &options, &to));
    err = copy_range(from, vaddr, vaddr + size, into, to, &options);
    if (err != SK_OK) {
        sk_address_space_release(into, to);
        return err;
    }
    *ret_vaddr = to;
    return SK_OK;
}
