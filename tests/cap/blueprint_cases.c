/*
 * Sizes: an untyped is filled exactly by the objects that blueprints say fit into it, and then
 * has nothing left.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/error.h>

#include "budget_table.h"
#include "cases.h"

#define SPARE_BITS \
    20 /* larger ones are pages, and made of device memory: RAM has none to spare */

/* An untyped of so many bits, or null. */
static sk_untyped make_untyped(struct scene *s, unsigned bits)
{
    sk_slot slot = scene_slot(s);
    seL4_CPtr from = bits > SPARE_BITS ? s->device : s->untyped;
    sk_err e = sk_blueprint_make(sk_blueprint_untyped(bits), (sk_untyped){from},
                                 (sk_slots){slot, 1}, s->node);

    return (sk_untyped){e == SK_OK ? sk_slot_cptr(slot) : seL4_CapNull};
}

/* One object more than there is room for. */
static struct sk_error one_more(struct scene *s, sk_blueprint b, sk_untyped from)
{
    return sk_error_last(sk_blueprint_make(b, from, (sk_slots){scene_slot(s), 1}, s->node));
}

/* Do exactly four objects of this blueprint fill what four times its size is? */
static const char *fill(struct scene *s, sk_blueprint b)
{
    unsigned bits = sk_blueprint_bits(b);
    sk_untyped untyped = make_untyped(s, bits + 2);
    struct sk_error e;
    bool is_filled;

    WANT(untyped.cptr != 0);
    is_filled = sk_blueprint_make(b, untyped, scene_slots(s, 4), s->node) == SK_OK;
    e = one_more(s, b, untyped);
    WANT(seL4_CNode_Revoke(s->cnode, untyped.cptr, seL4_WordBits) == seL4_NoError);
    WANT(seL4_CNode_Delete(s->cnode, untyped.cptr, seL4_WordBits) == seL4_NoError);
    WANT(is_filled);
    WANT(e.code == SK_ERR_NO_MEMORY);
    WANT(e.bytes_available == 0);
    return NULL;
}

const char *each_type_fills_an_untyped_exactly(struct scene *s)
{
    static const struct {
        seL4_Word type;
        unsigned bits;
    } types[] = {
#define ROW(name, number, size_bits) {(number), (size_bits)},
        SK_OBJECTS(ROW)};
    unsigned filled = 0;
    unsigned too_large = 0;

    for (unsigned n = 0; n < sizeof(types) / sizeof(types[0]); n++) {
        sk_blueprint b = {types[n].type, 0};
        const char *wrong;

        if (types[n].bits == 0) {
            continue;
        }
        WANT(sk_blueprint_bits(b) == types[n].bits);
        WANT(sk_blueprint_size(b) == (seL4_Word)1 << types[n].bits);
        if (types[n].bits + 2 > s->device_bits) {
            too_large++; /* pages of 1 GiB, on the host */
            continue;
        }
        wrong = fill(s, b);
        if (wrong != NULL) {
            return wrong;
        }
        filled++;
    }
    WANT(too_large <= 1);
    WANT(filled + too_large == (SK_CFG_KERNEL_MCS ? 9 : 8));
    return NULL;
}

const char *sizes_that_one_chooses_fill_it_too(struct scene *s)
{
    const char *wrong = NULL;

    for (unsigned bits = seL4_MinUntypedBits; wrong == NULL && bits <= 12; bits += 4) {
        wrong = fill(s, sk_blueprint_untyped(bits));
    }
    for (unsigned bits = 1; wrong == NULL && bits <= 8; bits += 3) {
        WANT(sk_blueprint_bits(sk_blueprint_cnode(bits)) == bits + seL4_SlotBits);
        wrong = fill(s, sk_blueprint_cnode(bits));
    }
    for (unsigned bits = 7; wrong == NULL && SK_CFG_KERNEL_MCS && bits <= 9; bits++) {
        wrong = fill(s, sk_blueprint_sched_context(bits));
    }
    if (!SK_CFG_KERNEL_MCS) {
        WANT(sk_blueprint_bits(sk_blueprint_sched_context(7)) == 0);
        WANT(sk_blueprint_bits(sk_blueprint_reply()) == 0);
    }
    if (wrong == NULL) {
        wrong = fill(s, sk_blueprint_frame(seL4_LargePageBits));
    }
    return wrong;
}

const char *a_mixture_fills_it_to_the_last_byte(struct scene *s)
{
    /* From the largest to the smallest, so that nothing is lost for alignment. */
    const sk_blueprint parts[] = {
        sk_blueprint_vspace(),      sk_blueprint_page_table(),
        sk_blueprint_cnode(7),      SK_BLUEPRINT(TCB),
        SK_BLUEPRINT(TCB),          sk_blueprint_frame(seL4_PageBits),
        sk_blueprint_untyped(12),   sk_blueprint_cnode(6),
        sk_blueprint_untyped(10),   SK_BLUEPRINT(Notification),
        SK_BLUEPRINT(Notification),
    };
    sk_untyped untyped = make_untyped(s, 16);
    seL4_Word left = (seL4_Word)1 << 16;
    struct sk_error e;

    WANT(untyped.cptr != 0);
    for (unsigned n = 0; n < sizeof(parts) / sizeof(parts[0]); n++) {
        /* Alignment is the size: round up as the kernel does. */
        left &= ~(sk_blueprint_size(parts[n]) - 1);
        WANT(sk_blueprint_make(parts[n], untyped, scene_slots(s, 1), s->node) == SK_OK);
        left -= sk_blueprint_size(parts[n]);
    }
    e = one_more(s, sk_blueprint_untyped(16), untyped);
    WANT(e.code == SK_ERR_NO_MEMORY);
    WANT(e.bytes_available == left);
    while (left > 0) {
        unsigned bits = (unsigned)__builtin_ctzl(left);

        WANT(sk_blueprint_make(sk_blueprint_untyped(bits), untyped, scene_slots(s, 1),
                               s->node) == SK_OK);
        left -= (seL4_Word)1 << bits;
    }
    e = one_more(s, SK_BLUEPRINT(Endpoint), untyped);
    WANT(e.code == SK_ERR_NO_MEMORY);
    WANT(e.bytes_available == 0);
    return NULL;
}

/* How many of the slots are full? Only a full one can be the source of a copy. */
static seL4_Word count_full(struct scene *s, sk_slots slots)
{
    sk_slot copy = scene_slot(s);
    seL4_Word count = 0;

    for (seL4_Word n = 0; n < slots.count; n++) {
        seL4_Word index = sk_slots_get(slots, n).index;

        if (seL4_CNode_Copy(s->cnode, copy.index, copy.depth, s->cnode, index, seL4_WordBits,
                            seL4_AllRights) == seL4_NoError &&
            seL4_CNode_Delete(s->cnode, copy.index, copy.depth) == seL4_NoError) {
            count++;
        }
    }
    return count;
}

const char *more_objects_are_made_than_fit_one_call(struct scene *s)
{
    sk_untyped untyped = make_untyped(s, 14);
    sk_slots slots = scene_slots(s, 600);

    WANT(seL4_UntypedRetypeMaxObjects < 300);
    WANT(sk_blueprint_make(SK_BLUEPRINT(Endpoint), untyped, slots, s->node) == SK_OK);
    WANT(count_full(s, slots) == 600);
    WANT(seL4_CNode_Revoke(s->cnode, untyped.cptr, seL4_WordBits) == seL4_NoError);
    WANT(count_full(s, slots) == 0);
    WANT(sk_blueprint_make(SK_BLUEPRINT(Endpoint), untyped, (sk_slots){slots.first, 0},
                           s->node) == SK_OK);
    WANT(count_full(s, slots) == 0);
    return NULL;
}

const char *all_objects_are_made_or_none(struct scene *s)
{
    sk_untyped untyped = make_untyped(s, seL4_EndpointBits + 9);
    sk_slots slots = scene_slots(s, 514);
    sk_slots fitting = {slots.first, 512};
    struct sk_error e;

    /* The third call fails, with 0 bytes left: what the kernel said of it is still known. */
    e = sk_error_last(sk_blueprint_make(SK_BLUEPRINT(Endpoint), untyped, slots, s->node));
    WANT(e.code == SK_ERR_NO_MEMORY);
    WANT(e.bytes_available == 0);
    WANT(count_full(s, slots) == 0);

    /* The second fails, with the memory of 255 endpoints left. */
    WANT(sk_blueprint_make(SK_BLUEPRINT(Endpoint), untyped, (sk_slots){slots.first, 1},
                           s->node) == SK_OK);
    e = sk_error_last(sk_blueprint_make(SK_BLUEPRINT(Endpoint), untyped,
                                        (sk_slots){sk_slot_plus(slots.first, 1), 512},
                                        s->node));
    WANT(e.code == SK_ERR_NO_MEMORY);
    WANT(e.bytes_available == 255ul << seL4_EndpointBits);
    WANT(count_full(s, slots) == 1);
    WANT(seL4_CNode_Delete(s->cnode, slots.first.index, seL4_WordBits) == seL4_NoError);

    /* The first slot of the second call is full; nothing of the first is left, and it stays. */
    WANT(seL4_CNode_Copy(s->cnode, slots.first.index + seL4_UntypedRetypeMaxObjects,
                         seL4_WordBits, s->cnode, s->tcb, seL4_WordBits,
                         seL4_AllRights) == seL4_NoError);
    e = sk_error_last(sk_blueprint_make(SK_BLUEPRINT(Endpoint), untyped, fitting, s->node));
    WANT(e.code == SK_ERR_DELETE_FIRST);
    WANT(count_full(s, slots) == 1);
    WANT(seL4_CNode_Delete(s->cnode, slots.first.index + seL4_UntypedRetypeMaxObjects,
                           seL4_WordBits) == seL4_NoError);

    /* The memory came back. */
    WANT(sk_blueprint_make(SK_BLUEPRINT(Endpoint), untyped, fitting, s->node) == SK_OK);
    WANT(count_full(s, slots) == 512);
    WANT(seL4_CNode_Revoke(s->cnode, untyped.cptr, seL4_WordBits) == seL4_NoError);
    return NULL;
}

/* The details of an error that is not the kernel's are not those of what it said before. */
const char *slots_that_do_not_exist_are_a_range_error(struct scene *s)
{
    seL4_Word last = ((seL4_Word)1 << s->node.radix_bits) - 1;
    sk_slots slots = {sk_slot_at((sk_cnode){s->cnode}, last - 9), 11};
    struct sk_error e;

    seL4_SetMR(0, 1234);
    seL4_SetMR(1, 5678);
    e = sk_error_last(
        sk_blueprint_make(SK_BLUEPRINT(Endpoint), (sk_untyped){s->untyped}, slots, s->node));
    WANT(e.code == SK_ERR_RANGE);
    WANT(e.minimum == 0 && e.maximum == 10);
    slots.first.index |= (seL4_Word)1 << 63; /* another guard: not even one slot is there */
    e = sk_error_last(
        sk_blueprint_make(SK_BLUEPRINT(Endpoint), (sk_untyped){s->untyped}, slots, s->node));
    WANT(e.code == SK_ERR_RANGE);
    WANT(e.minimum == 0 && e.maximum == 0);
    return NULL;
}

/* One row of the table: the kernel gives as much as the budget says. */
static const char *try_budget(struct scene *s, const unsigned row[6])
{
    sk_untyped untyped = make_untyped(s, row[0]);
    sk_slots one = scene_slots(s, row[2]);
    sk_slots two = scene_slots(s, row[4]);
    sk_err e;

    WANT(untyped.cptr != 0);
    WANT(sk_blueprint_make(sk_blueprint_untyped(row[1]), untyped, one, s->node) == SK_OK);
    e = sk_blueprint_make(sk_blueprint_untyped(row[3]), untyped, two, s->node);
    WANT(seL4_CNode_Revoke(s->cnode, untyped.cptr, seL4_WordBits) == seL4_NoError);
    WANT(e == (row[5] ? SK_OK : SK_ERR_NO_MEMORY));
    s->next_slot = one.first.index; /* they are empty again */
    return NULL;
}

const char *budgets_are_what_the_kernel_gives(struct scene *s)
{
    static const unsigned rows[][6] = {
#define UNTYPED_ROW(...) {__VA_ARGS__},
        UNTYPED_BUDGET_ROWS(UNTYPED_ROW)};
    const char *wrong = NULL;

    for (unsigned n = 0; wrong == NULL && n < sizeof(rows) / sizeof(rows[0]); n++) {
        wrong = try_budget(s, rows[n]);
    }
    return wrong;
}
