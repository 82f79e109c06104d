/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/untyped_pool.h>

#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>

#include "untyped_pair.h"

static bool is_root(const struct sk_untyped_pair *pair)
{
    return pair->is_root;
}

static struct sk_untyped_half *other_of(struct sk_untyped_half *half)
{
    return &pair_of(half)->half[!half->side];
}

static sk_slot slot_of(const struct sk_untyped_pool *p, const struct sk_untyped_half *half)
{
    const struct sk_untyped_pair *pair = pair_of(half);

    return is_root(pair) ? pair->root : sk_slot_pool_slot(p->slots, pair->number + half->side);
}

static seL4_Word size_of(const struct sk_untyped_half *half)
{
    return (seL4_Word)1 << pair_of(half)->bits;
}

static bool is_idle(struct sk_untyped_half *half)
{
    return !is_root(pair_of(half)) && other_of(half)->state == FREE && half->state == FREE;
}

/* A half becomes free. Those of devices are in no list. */
static void link_half(struct sk_untyped_pool *p, struct sk_untyped_half *half)
{
    unsigned bits = pair_of(half)->bits;

    half->state = FREE;
    p->idle_count += is_idle(half);
    if (pair_of(half)->is_device) {
        return;
    }
    half->link = &p->free[bits];
    half->next = *half->link;
    if (half->next != NULL) {
        half->next->link = &half->next;
    }
    *half->link = half;
    p->available |= (seL4_Word)1 << bits;
    p->free_bytes += size_of(half);
}

static void unlink_half(struct sk_untyped_pool *p, struct sk_untyped_half *half,
                        enum half_state state)
{
    unsigned bits = pair_of(half)->bits;

    p->idle_count -= is_idle(half);
    half->state = state;
    if (pair_of(half)->is_device) {
        return;
    }
    *half->link = half->next;
    if (half->next != NULL) {
        half->next->link = half->link;
    }
    if (p->free[bits] == NULL) {
        p->available &= ~((seL4_Word)1 << bits);
    }
    p->free_bytes -= size_of(half);
}

void sk_untyped_pool_init(struct sk_untyped_pool *p, struct sk_slot_pool *slots,
                          struct sk_record_pool *records)
{
    _Static_assert(sizeof(struct sk_untyped_pair) <= SK_UNTYPED_RECORD,
                   "a record has room for it");
    sk_require(records->record_size >= sizeof(struct sk_untyped_pair));
    *p = (struct sk_untyped_pool){.slots = slots, .records = records};
}

sk_err sk_untyped_pool_add(struct sk_untyped_pool *p, sk_slot untyped, uint64_t paddr,
                           unsigned bits, bool is_device)
{
    struct sk_untyped_pair *pair = (struct sk_untyped_pair *)sk_record_pool_take(p->records);

    if (pair == NULL) {
        return SK_ERR_NO_MEMORY;
    }
    pair->is_root = true;
    pair->is_device = is_device;
    pair->bits = (uint8_t)bits;
    pair->paddr = paddr;
    pair->root = untyped;
    pair->number = p->roots != NULL ? p->roots->number + 1 : 0;
    pair->next_root = p->roots;
    p->roots = pair;
    link_half(p, &pair->half[0]);
    if (!is_device) {
        p->total_bytes += size_of(&pair->half[0]);
    }
    return SK_OK;
}

/* Join the two halves that half, which is split, consists of, and that are free. */
static void join(struct sk_untyped_pool *p, struct sk_untyped_half *half)
{
    struct sk_untyped_pair *pair = half->child;
    sk_slot slot = slot_of(p, half);
    sk_slots halves = {sk_slot_pool_slot(p->slots, pair->number), 2};

    unlink_half(p, &pair->half[0], TAKEN);
    unlink_half(p, &pair->half[1], TAKEN);
    /* The only children are the two, without children of their own. */
    sk_require(sk_slot_revoke(slot) == SK_OK);
    sk_slot_pool_give(p->slots, halves);
    sk_record_pool_give(p->records, pair);
    p->split_count--;
    link_half(p, half);
}

/*
 * Join halves to pieces of up to most bits. Not more than is wanted: when what was joined is
 * split again, the kernel clears all of its memory.
 */
static void join_up_to(struct sk_untyped_pool *p, unsigned most)
{
    for (unsigned bits = 0; bits < most && p->idle_count != 0; bits++) {
        struct sk_untyped_half *next;

        for (struct sk_untyped_half *half = p->free[bits]; half != NULL; half = next) {
            next = half->next;
            if (!is_idle(half)) {
                continue;
            }
            if (next == other_of(half)) {
                next = next->next;
            }
            join(p, pair_of(half)->parent);
        }
    }
}

void sk_untyped_pool_join(struct sk_untyped_pool *p)
{
    join_up_to(p, seL4_WordBits);
}

/* Is all of half free, split or not? Counts the splits there are in what is. */
static bool count_idle(const struct sk_untyped_half *half, seL4_Word *count)
{
    bool is_free;

    if (half->state != SPLIT) {
        return half->state == FREE;
    }
    is_free = count_idle(&half->child->half[0], count);
    is_free &= count_idle(&half->child->half[1], count);
    *count += is_free;
    return is_free;
}

seL4_Word sk_untyped_pool_idle_slots(const struct sk_untyped_pool *p)
{
    seL4_Word count = 0;

    for (const struct sk_untyped_pair *root = p->roots; root != NULL; root = root->next_root) {
        (void)count_idle(&root->half[0], &count);
    }
    return 2 * count;
}

/* Make two halves of one that is free. Nothing has changed if there is an error. */
static sk_err split(struct sk_untyped_pool *p, struct sk_untyped_half *half)
{
    unsigned bits = pair_of(half)->bits - 1u;
    struct sk_untyped_pair *pair;
    sk_slots halves;
    sk_err err;

    if (p->slots->free_count < p->slot_reserve + 2) {
        return SK_ERR_NO_SLOT;
    }
    SK_TRY(sk_slot_pool_take(p->slots, 2, &halves));
    pair = (struct sk_untyped_pair *)sk_record_pool_take(p->records);
    err = pair == NULL ? SK_ERR_NO_MEMORY
                       : sk_blueprint_make(sk_blueprint_untyped(bits),
                                           (sk_untyped){sk_slot_cptr(slot_of(p, half))}, halves,
                                           sk_slot_pool_node(p->slots, halves.first));
    if (err != SK_OK) {
        sk_slot_pool_give(p->slots, halves);
        if (pair != NULL) {
            sk_record_pool_give(p->records, pair);
        }
        return err;
    }
    pair->half[1].side = 1;
    pair->is_device = pair_of(half)->is_device;
    pair->bits = (uint8_t)bits;
    pair->paddr = paddr_of(half);
    pair->number = (uint32_t)sk_slot_pool_number(p->slots, halves.first);
    pair->parent = half;
    *pair_tag(p->slots, halves.first) = (uintptr_t)pair;
    unlink_half(p, half, SPLIT);
    half->child = pair;
    link_half(p, &pair->half[0]);
    link_half(p, &pair->half[1]);
    p->split_count++;
    return SK_OK;
}

/* The smallest free half that is large enough. */
static sk_err find(struct sk_untyped_pool *p, unsigned bits, struct sk_untyped_half **ret_half)
{
    if (bits >= seL4_WordBits || (seL4_Word)1 << bits > p->free_bytes) {
        return SK_ERR_NO_MEMORY;
    }
    if (p->available >> bits == 0) {
        join_up_to(p, bits);
    }
    if (p->available >> bits == 0) {
        return SK_ERR_FRAGMENTED;
    }
    *ret_half = p->free[bits + (unsigned)__builtin_ctzl(p->available >> bits)];
    return SK_OK;
}

static unsigned at_least_smallest(unsigned bits)
{
    return bits > seL4_MinUntypedBits ? bits : seL4_MinUntypedBits;
}

static seL4_Word slots_for(const struct sk_untyped_half *half, unsigned bits)
{
    return 2 * (pair_of(half)->bits - (seL4_Word)bits);
}

sk_err sk_untyped_pool_slots_needed(struct sk_untyped_pool *p, unsigned bits,
                                    seL4_Word *ret_count)
{
    struct sk_untyped_half *half;

    bits = at_least_smallest(bits);
    SK_TRY(find(p, bits, &half));
    *ret_count = slots_for(half, bits);
    return SK_OK;
}

/* Join what half, which is free, is the half of: those of devices are in no list. */
static void join_device(struct sk_untyped_pool *p, struct sk_untyped_half *half)
{
    while (pair_of(half)->is_device && is_idle(half)) {
        half = pair_of(half)->parent;
        join(p, half);
    }
}

/* Split half, which is free, until the part that has paddr has the size, and take that. */
static sk_err take_part(struct sk_untyped_pool *p, struct sk_untyped_half *half, uint64_t paddr,
                        unsigned bits, sk_piece *ret_piece)
{
    while (pair_of(half)->bits > bits) {
        sk_err err = split(p, half);

        if (err != SK_OK) {
            join_device(p, half);
            sk_untyped_pool_join(p);
            return err;
        }
        half = &half->child->half[paddr >> half->child->bits & 1];
    }
    unlink_half(p, half, TAKEN);
    *ret_piece = (sk_piece){(uintptr_t)half};
    return SK_OK;
}

sk_err sk_untyped_pool_take(struct sk_untyped_pool *p, unsigned bits, sk_piece *ret_piece)
{
    struct sk_untyped_half *half;
    bool has_idle;
    sk_err err;

    bits = at_least_smallest(bits);
    SK_TRY(find(p, bits, &half));
    /* Halves that are free keep slots from those that are wanted. */
    if (slots_for(half, bits) + p->slot_reserve > p->slots->free_count && p->idle_count != 0) {
        sk_untyped_pool_join(p);
        SK_TRY(find(p, bits, &half));
    }
    has_idle = p->idle_count != 0;
    err = take_part(p, half, 0, bits, ret_piece);
    if (err == SK_ERR_NO_SLOT && has_idle) {
        /* There were slots, but no two in a row; all has been joined since. */
        SK_TRY(find(p, bits, &half));
        err = take_part(p, half, 0, bits, ret_piece);
    }
    return err;
}

/* Where an untyped of the pool, or a part of one, has this memory; NULL: nowhere. */
static struct sk_untyped_half *half_at(const struct sk_untyped_pool *p, uint64_t paddr,
                                       unsigned bits)
{
    struct sk_untyped_pair *root = p->roots;
    struct sk_untyped_half *half;

    while (root != NULL && (root->bits < bits || (paddr - root->paddr) >> root->bits != 0)) {
        root = root->next_root;
    }
    if (root == NULL) {
        return NULL;
    }
    half = &root->half[0];
    while (half->state == SPLIT && pair_of(half)->bits > bits) {
        half = &half->child->half[paddr >> half->child->bits & 1];
    }
    return half;
}

sk_err sk_untyped_pool_take_at(struct sk_untyped_pool *p, uint64_t paddr, unsigned bits,
                               sk_piece *ret_piece)
{
    struct sk_untyped_half *half;
    bool has_idle;
    sk_err err;

    if (bits >= seL4_WordBits || (paddr & (((uint64_t)1 << bits) - 1)) != 0) {
        return SK_ERR_ALIGNMENT;
    }
    half = bits < seL4_MinUntypedBits ? NULL : half_at(p, paddr, bits);
    if (half == NULL) {
        return SK_ERR_RANGE;
    }
    if (half->state == SPLIT) {
        sk_untyped_pool_join(p);
        half = half_at(p, paddr, bits);
    }
    if (half->state != FREE) {
        return SK_ERR_REVOKE_FIRST;
    }
    has_idle = p->idle_count != 0;
    err = take_part(p, half, paddr, bits, ret_piece);
    if (err == SK_ERR_NO_SLOT && has_idle) {
        /* All has been joined since. */
        err = take_part(p, half_at(p, paddr, bits), paddr, bits, ret_piece);
    }
    return err;
}

sk_err sk_untyped_pool_make(struct sk_untyped_pool *p, sk_piece piece, sk_blueprint what,
                            sk_slots into, sk_node node)
{
    struct sk_untyped_half *half = half_of(piece);

    sk_require(half->state == TAKEN);
    half->object_bits = (uint8_t)sk_blueprint_bits(what);
    return sk_blueprint_make(what, (sk_untyped){sk_slot_cptr(slot_of(p, half))}, into, node);
}

void sk_untyped_pool_give(struct sk_untyped_pool *p, sk_piece piece)
{
    struct sk_untyped_half *half = half_of(piece);

    sk_require(half->state == TAKEN);
    /* If this could fail, the memory could not be handed out again. */
    sk_require(sk_slot_revoke(slot_of(p, half)) == SK_OK);
    link_half(p, half);
    join_device(p, half);
}

uint64_t sk_piece_paddr(sk_piece piece)
{
    return paddr_of(half_of(piece));
}

unsigned sk_piece_bits(sk_piece piece)
{
    return pair_of(half_of(piece))->bits;
}

sk_slot sk_piece_untyped(const struct sk_untyped_pool *p, sk_piece piece)
{
    return slot_of(p, half_of(piece));
}

/* Numbers of roots have the highest bit; those of others are 1 more than their slots'. */
#define ROOT_NUMBER ((seL4_Word)1 << 31)

sk_piece sk_untyped_pool_piece(const struct sk_untyped_pool *p, seL4_Word number)
{
    struct sk_untyped_pair *pair = p->roots;
    unsigned side = 0;

    if (number & ROOT_NUMBER) {
        while (pair->number != (number & ~ROOT_NUMBER)) {
            pair = pair->next_root;
        }
    } else {
        side = (number - 1) & 1;
        pair = (struct sk_untyped_pair *)*pair_tag(
            p->slots, sk_slot_pool_slot(p->slots, (number - 1) & ~(seL4_Word)1));
    }
    return (sk_piece){(uintptr_t)&pair->half[side]};
}

seL4_Word sk_piece_number(const struct sk_untyped_pool *p, sk_piece piece)
{
    const struct sk_untyped_half *half = half_of(piece);
    const struct sk_untyped_pair *pair = pair_of(half);

    (void)p;
    return is_root(pair) ? ROOT_NUMBER | pair->number
                         : (seL4_Word)pair->number + half->side + 1;
}
