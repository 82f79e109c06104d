/* SPDX-License-Identifier: BSD-2-Clause */
#include "space.h"

/* Is the run within the area, behind everything before it? */
static bool is_good_run(const struct sk_address_space *as, const struct run *r,
                        const struct area *a, uintptr_t from)
{
    struct sk_index_node *name = sk_index_find(as->names, run_frame(r, 0));
    bool is_named = r->ownership == FOREIGN && r->count == 1;

    return r->node.key >= from && r->node.key + run_size(r) <= a->vaddr + a->size &&
           (r->node.key & (((seL4_Word)1 << r->size_bits) - 1)) == 0 &&
           (!is_named || name == &r->name);
}

/* How many frames and tables there are in a table. */
static seL4_Word used_of(const struct sk_address_space *as, const struct table *t)
{
    unsigned entry_bits = t->span_bits - SK_ARCH_TABLE_INDEX_BITS;
    uintptr_t vaddr = t->node.key - t->span_bits;
    seL4_Word used = 0;

    for (seL4_Word n = 0; n < (seL4_Word)1 << SK_ARCH_TABLE_INDEX_BITS; n++) {
        uintptr_t entry = vaddr + (n << entry_bits);
        const struct run *r = sk_space_run(as, entry);

        used += (r != NULL && r->size_bits == entry_bits) ||
                sk_index_find(as->tables, entry | entry_bits) != NULL;
    }
    return used;
}

bool sk_address_space_check(const struct sk_address_space *as)
{
    const struct area *a = area_of(sk_index_after(as->areas, 0));
    struct sk_index_node *node = sk_index_after(as->tables, 0);
    seL4_Word mapped_bytes = 0;
    seL4_Word table_count = 0;
    uintptr_t from = 0;

    for (; a != NULL; a = area_of(sk_index_after(as->areas, a->node.key + 1))) {
        const struct run *r = sk_space_run_from(as, from);
        uintptr_t run_from = a->vaddr;

        if (a->node.key < from || a->vaddr < a->node.key || a->vaddr + a->size > a->end) {
            return false;
        }
        for (; r != NULL && r->node.key < a->end; r = sk_space_run_from(as, run_from)) {
            if (!is_good_run(as, r, a, run_from)) {
                return false;
            }
            mapped_bytes += run_size(r);
            run_from = r->node.key + run_size(r);
        }
        from = a->end;
    }
    for (; node != NULL; node = sk_index_after(as->tables, node->key + 1)) {
        const struct table *t = (const struct table *)node;

        bool is_warm =
            t->span_bits == as->warm_span && t->node.key == (as->warm | t->span_bits);

        if ((t->used == 0 && !is_warm) || t->used != used_of(as, t)) {
            return false;
        }
        table_count++;
    }
    return sk_space_run_from(as, from) == NULL && mapped_bytes == as->mapped_bytes &&
           table_count == as->table_count;
}
