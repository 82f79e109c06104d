/* SPDX-License-Identifier: BSD-2-Clause */
#include "untyped_pair.h"

/* What a walk over everything finds. */
struct found {
    const struct sk_untyped_pool *pool;
    seL4_Word free_bytes;
    seL4_Word listed_bytes; /* in the lists */
    seL4_Word split_count;
    seL4_Word idle_count;
    bool is_good;
};

static void see_half(struct found *f, const struct sk_untyped_half *half)
{
    const struct sk_untyped_pair *pair = pair_of(half);
    const struct sk_untyped_pair *child = half->child;

    if (half->state == FREE && !pair->is_device) {
        f->free_bytes += (seL4_Word)1 << pair->bits;
        f->is_good &= *half->link == half;
    }
    if (half->state != SPLIT) {
        return;
    }
    f->split_count++;
    f->idle_count += child->half[0].state == FREE && child->half[1].state == FREE;
    f->is_good &= !child->is_root && child->parent == half && child->bits + 1 == pair->bits &&
                  child->paddr == paddr_of(half) && child->half[0].side == 0 &&
                  child->half[1].side == 1 &&
                  *pair_tag(f->pool->slots, sk_slot_pool_slot(f->pool->slots, child->number)) ==
                      (uintptr_t)child;
    if (f->is_good) {
        see_half(f, &child->half[0]);
        see_half(f, &child->half[1]);
    }
}

bool sk_untyped_pool_check(const struct sk_untyped_pool *p)
{
    struct found f = {.pool = p, .is_good = true};

    for (const struct sk_untyped_pair *root = p->roots; root != NULL; root = root->next_root) {
        see_half(&f, &root->half[0]);
    }
    for (unsigned bits = 0; bits < seL4_WordBits; bits++) {
        f.is_good &= (p->free[bits] != NULL) == (p->available >> bits & 1);
        for (const struct sk_untyped_half *half = p->free[bits]; half != NULL;
             half = half->next) {
            f.is_good &= half->state == FREE && pair_of(half)->bits == bits;
            f.listed_bytes += (seL4_Word)1 << bits;
        }
    }
    return f.is_good && f.free_bytes == p->free_bytes && f.listed_bytes == p->free_bytes &&
           f.split_count == p->split_count && f.idle_count == p->idle_count;
}
