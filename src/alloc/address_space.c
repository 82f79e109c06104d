/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/address_space.h>

#include <selkie/base/assert.h>

#include "space.h"

#define PAGE ((seL4_Word)1 << seL4_PageBits)

/* Records that one step takes at most: an area, a run, and tables on the way. */
#define STEP_RECORDS 8

static uintptr_t round_up(uintptr_t n, seL4_Word unit)
{
    return (n + unit - 1) & ~(unit - 1);
}

void sk_address_space_init(struct sk_address_space *as, sk_vspace vspace,
                           struct sk_source *source, uintptr_t start, uintptr_t end,
                           struct sk_record_pool *records)
{
    _Static_assert(sizeof(struct run) <= SK_ADDRESS_SPACE_RECORD, "a record has room for it");
    sk_require(start % PAGE == 0 && start != 0 && start <= end && end <= SK_ARCH_USER_END);
    *as = (struct sk_address_space){
        .vspace = vspace,
        .source = source,
        .records = records,
        .start = start,
        .end = end & ~(PAGE - 1),
        .cursor = start,
    };
    if (records == NULL) {
        sk_record_pool_init(&as->own_records, SK_ADDRESS_SPACE_RECORD, source);
        as->records = &as->own_records;
    }
    sk_require(as->records->record_size >= sizeof(struct run));
}

sk_err sk_space_prepare(struct sk_address_space *as, seL4_Word slot_count)
{
    if (as->prepare != NULL) {
        return as->prepare(as, slot_count);
    }
    return sk_record_pool_ensure(as->records, STEP_RECORDS);
}

struct area *sk_space_area(const struct sk_address_space *as, uintptr_t addr)
{
    struct area *a = area_of(sk_index_before(as->areas, addr));

    return a != NULL && addr < a->end ? a : NULL;
}

/* Is nothing reserved in [from, to)? If not, ret_behind is where to look next. */
static bool is_gap(const struct sk_address_space *as, uintptr_t from, uintptr_t to,
                   uintptr_t *ret_behind)
{
    const struct area *a = area_of(sk_index_before(as->areas, to - 1));

    if (a == NULL || a->end <= from) {
        return true;
    }
    *ret_behind = a->end;
    return false;
}

/* What is to be reserved: guards of that size around size bytes, which are aligned. */
struct wish {
    seL4_Word size;
    seL4_Word guard;
    seL4_Word align;
};

/* The first address in [from, limit) where the guarded range may begin; 0 if there is none. */
static uintptr_t find_gap(const struct sk_address_space *as, uintptr_t from, uintptr_t limit,
                          const struct wish *w)
{
    seL4_Word total = w->size + 2 * w->guard;

    for (;;) {
        uintptr_t at = round_up(from + w->guard, w->align) - w->guard;

        if (at < from || at > limit || total > limit - at) {
            return 0;
        }
        if (is_gap(as, at, at + total, &from)) {
            return at;
        }
    }
}

static sk_err add_area(struct sk_address_space *as, uintptr_t at, const struct wish *w)
{
    struct area *a = (struct area *)sk_record_pool_take(as->records);

    if (a == NULL) {
        return SK_ERR_NO_MEMORY;
    }
    *a = (struct area){
        .node = {.key = at},
        .end = at + w->size + 2 * w->guard,
        .vaddr = at + w->guard,
        .size = w->size,
    };
    sk_require(sk_index_insert(&as->areas, &a->node));
    return SK_OK;
}

/* Sizes that cannot be, so that nothing below overflows. */
static bool is_absurd(seL4_Word size, seL4_Word guard_size)
{
    return size == 0 || size > SK_ARCH_USER_END || guard_size > SK_ARCH_USER_END;
}

sk_err sk_address_space_reserve(struct sk_address_space *as, seL4_Word size,
                                unsigned align_bits, seL4_Word guard_size, uintptr_t *ret_vaddr)
{
    uintptr_t at;

    if (is_absurd(size, guard_size) || align_bits >= seL4_WordBits) {
        return SK_ERR_NO_MEMORY;
    }
    struct wish w = {
        .size = round_up(size, PAGE),
        .guard = round_up(guard_size, PAGE),
        .align = align_bits > seL4_PageBits ? (seL4_Word)1 << align_bits : PAGE,
    };
    SK_TRY(sk_space_prepare(as, 0));
    /* Looking on from the last place finds room at once, as a rule. */
    at = find_gap(as, as->cursor, as->end, &w);
    if (at == 0) {
        at = find_gap(as, as->start, as->end, &w);
    }
    if (at == 0) {
        return SK_ERR_NO_MEMORY;
    }
    SK_TRY(add_area(as, at, &w));
    as->cursor = at + w.size + 2 * w.guard;
    *ret_vaddr = at + w.guard;
    return SK_OK;
}

/* The same at an address: the guards must be free too. */
static sk_err reserve_guarded(struct sk_address_space *as, uintptr_t vaddr, seL4_Word size,
                              seL4_Word guard_size)
{
    struct wish w = {.size = size, .guard = round_up(guard_size, PAGE)};
    uintptr_t behind;

    if (vaddr % PAGE != 0 || size % PAGE != 0 || size == 0) {
        return SK_ERR_ALIGNMENT;
    }
    if (is_absurd(size, guard_size) || vaddr < w.guard ||
        vaddr > SK_ARCH_USER_END - w.size - w.guard || w.size + w.guard > SK_ARCH_USER_END) {
        return SK_ERR_RANGE;
    }
    if (!is_gap(as, vaddr - w.guard, vaddr + w.size + w.guard, &behind)) {
        return SK_ERR_DELETE_FIRST;
    }
    SK_TRY(sk_space_prepare(as, 0));
    return is_gap(as, vaddr - w.guard, vaddr + w.size + w.guard, &behind)
               ? add_area(as, vaddr - w.guard, &w)
               : SK_ERR_DELETE_FIRST;
}

sk_err sk_address_space_reserve_at(struct sk_address_space *as, uintptr_t vaddr, seL4_Word size)
{
    return reserve_guarded(as, vaddr, size, 0);
}

sk_err sk_space_place(struct sk_address_space *as, seL4_Word size, unsigned align_bits,
                      const struct sk_map_options *options, uintptr_t *ret_vaddr)
{
    if (options->vaddr == 0) {
        return sk_address_space_reserve(as, size, align_bits, options->guard_size, ret_vaddr);
    }
    SK_TRY(reserve_guarded(as, options->vaddr, round_up(size, PAGE), options->guard_size));
    *ret_vaddr = options->vaddr;
    return SK_OK;
}

static void release(struct sk_address_space *as, struct area *a)
{
    struct run *r;

    while ((r = sk_space_run_from(as, a->vaddr)) != NULL && r->node.key < a->end) {
        sk_space_unmap_run(as, r);
    }
    /* What was reserved last is reserved again, so that its tables are still there. */
    if (as->cursor == a->end) {
        as->cursor = a->node.key;
    }
    sk_index_remove(&as->areas, &a->node);
    sk_record_pool_give(as->records, a);
}

void sk_address_space_release(struct sk_address_space *as, uintptr_t vaddr)
{
    struct area *a = sk_space_area(as, vaddr);

    sk_require(a != NULL && a->vaddr == vaddr);
    release(as, a);
    if (as->records == &as->own_records) {
        sk_record_pool_trim(as->records, 2 * STEP_RECORDS);
    }
}

void sk_address_space_fini(struct sk_address_space *as)
{
    struct area *a;

    while ((a = area_of(sk_index_after(as->areas, 0))) != NULL) {
        release(as, a);
    }
    sk_address_space_trim(as);
    if (as->records == &as->own_records) {
        sk_record_pool_fini(as->records);
    }
}

struct sk_map_options sk_space_options(const struct sk_map_options *options)
{
    struct sk_map_options o = options != NULL ? *options : (struct sk_map_options){0};

    if (o.rights == SK_NO_RIGHTS) {
        o.rights = SK_RW;
    }
    if (o.min_page_bits == 0) {
        o.min_page_bits = seL4_PageBits;
    }
    if (o.max_page_bits == 0) {
        o.max_page_bits = seL4_WordBits - 1;
    }
    return o;
}

sk_err sk_space_check_rights(const struct sk_map_options *options)
{
    enum sk_rights both = SK_WRITE | SK_EXECUTE;

    return (options->rights & both) == both && !options->is_code_writable
               ? SK_ERR_ILLEGAL_OPERATION
               : SK_OK;
}
