/* SPDX-License-Identifier: BSD-2-Clause */
#include "process.h"

#include <selkie/cap/blueprint.h>
#include <selkie/cap/cnode.h>

/* Rows are no shorter than that, so that there are not too many of them. */
#define ROW_LEAST 256

static bool has_time(const struct sk_process *p)
{
    return SK_CFG_KERNEL_MCS && p->slots.count != 0;
}

sk_slot sk_process_slot_time(const struct sk_process *p)
{
    return sk_slots_get(p->slots, SLOT_OPTIONAL);
}

sk_slot sk_process_slot_untyped(const struct sk_process *p)
{
    return sk_slots_get(p->slots, SLOT_OPTIONAL + (has_time(p) ? 1 : 0));
}

/* The single objects, and the slot that is none. */
static seL4_Word single_slots(const struct sk_process *p)
{
    return SLOT_OPTIONAL + (has_time(p) ? 1u : 0) + (p->untyped_bits != 0 ? 1u : 0);
}

/* Behind the single slots, in the first row. */
static sk_slots tables(const struct sk_process *p)
{
    return (sk_slots){sk_slot_plus(p->slots.first, single_slots(p)), p->needs.tables};
}

/* The pages of the first row, behind the tables; or of another, which has nothing else. */
static sk_slots pages(const struct sk_process *p, unsigned row)
{
    seL4_Word before = single_slots(p) + p->needs.tables;

    return row == 0 ? (sk_slots){sk_slot_plus(p->slots.first, before), p->slots.count - before}
                    : p->more[row - 1];
}

sk_slot sk_process_slot_table(const struct sk_process *p, seL4_Word n)
{
    return sk_slots_get(tables(p), n);
}

sk_slot sk_process_slot_page(const struct sk_process *p, seL4_Word n)
{
    unsigned row = 0;

    while (row < p->more_count && n >= pages(p, row).count) {
        n -= pages(p, row++).count;
    }
    return sk_slots_get(pages(p, row), n);
}

/* What is made in a single slot. */
static sk_blueprint single_blueprint(const struct sk_process *p, seL4_Word slot)
{
    switch (slot) {
    case SLOT_TCB:
        return SK_BLUEPRINT(TCB);
    case SLOT_CNODE:
        return sk_blueprint_cnode(p->cnode_bits);
    case SLOT_VSPACE:
        return sk_blueprint_vspace();
    default:
        return slot == SLOT_OPTIONAL && has_time(p)
                   ? sk_blueprint_sched_context(sk_arch_elf_machine.sched_context_bits)
                   : sk_blueprint_untyped(p->untyped_bits);
    }
}

/* Make an object in each slot: all or none. */
static sk_err make_row(struct sk_source *source, sk_blueprint what, sk_slots into)
{
    if (source->make_objects != NULL) {
        return source->make_objects(source, what, into);
    }
    for (seL4_Word n = 0; n < into.count; n++) {
        sk_err e = source->make_object(source, what, sk_slots_get(into, n));

        if (e != SK_OK) {
            while (n-- > 0) {
                source->free_object(source, what, sk_slots_get(into, n));
            }
            return e;
        }
    }
    return SK_OK;
}

static void free_row(struct sk_source *source, sk_blueprint what, sk_slots at)
{
    if (source->make_objects != NULL) {
        source->free_objects(source, what, at);
        return;
    }
    for (seL4_Word n = 0; n < at.count; n++) {
        source->free_object(source, what, sk_slots_get(at, n));
    }
}

/* The endpoint by which messages of this process come, and of no other. */
static sk_err make_badge(struct sk_process *p)
{
    return sk_slot_mint(sk_slots_get(p->slots, SLOT_FAULTS),
                        sk_owned_object_slot(&p->parent->endpoint), seL4_AllRights, p->id);
}

/*
 * A row of count slots, or one that is shorter by powers of two, but for one that is short
 * anyway, or would have less than least.
 */
static sk_err take_row(struct sk_source *source, seL4_Word count, seL4_Word least,
                       sk_slots *ret_slots)
{
    seL4_Word shorter = (seL4_Word)1 << (seL4_WordBits - 1);
    sk_err e = source->take_slots(source, count, ret_slots);

    if (least < ROW_LEAST) {
        least = ROW_LEAST;
    }
    while (e == SK_ERR_NO_SLOT && shorter > least) {
        shorter /= 2;
        if (shorter < count) {
            e = source->take_slots(source, shorter, ret_slots);
        }
    }
    return e;
}

/* All slots: in one row, or in several if there is none that long. */
static sk_err take_slots(struct sk_process *p)
{
    struct sk_source *source = p->parent->source;
    seL4_Word left = p->needs.slots;

    /* Until there are slots, the scheduling context is not counted. */
    SK_TRY(take_row(source, left, single_slots(p) + 1 + p->needs.tables, &p->slots));
    left -= p->slots.count;
    for (; left != 0; left -= p->more[p->more_count++].count) {
        if (p->more_count == SK_PROCESS_ROWS - 1) {
            return SK_ERR_NO_SLOT;
        }
        SK_TRY(take_row(source, left, 1, &p->more[p->more_count]));
    }
    return SK_OK;
}

sk_err sk_process_take(struct sk_process *p)
{
    struct sk_source *source = p->parent->source;

    SK_TRY(take_slots(p));
    SK_TRY(make_badge(p));
    for (p->single_count = SLOT_TCB; p->single_count < single_slots(p); p->single_count++) {
        SK_TRY(source->make_object(source, single_blueprint(p, p->single_count),
                                   sk_slots_get(p->slots, p->single_count)));
    }
    SK_TRY(make_row(source, sk_blueprint_page_table(), tables(p)));
    p->has_tables = true;
    for (; p->page_rows <= p->more_count; p->page_rows++) {
        SK_TRY(make_row(source, sk_blueprint_frame(seL4_PageBits), pages(p, p->page_rows)));
    }
    p->tcb = (sk_tcb){sk_slot_cptr(sk_slots_get(p->slots, SLOT_TCB))};
    p->cnode = (sk_cnode){sk_slot_cptr(sk_slots_get(p->slots, SLOT_CNODE))};
    p->vspace = (sk_vspace){sk_slot_cptr(sk_slots_get(p->slots, SLOT_VSPACE))};
    return SK_OK;
}

/*
 * Is there, or may there be, another capability to the object in a single slot? The process may
 * have passed what it was given on to others; then deleting ours would not be the end of it.
 */
static bool is_shared(const struct sk_process *p, seL4_Word slot)
{
    switch (slot) {
    case SLOT_FAULTS:
        return true;
    case SLOT_TCB:
        return (p->gives & SK_GIVE_TCB) != 0;
    case SLOT_CNODE:
        return (p->gives & SK_GIVE_CNODE) != 0;
    case SLOT_VSPACE:
        return (p->gives & SK_GIVE_VSPACE) != 0;
    default:
        return !(slot == SLOT_OPTIONAL && has_time(p));
    }
}

static void free_single(struct sk_process *p, seL4_Word slot)
{
    struct sk_source *source = p->parent->source;
    sk_slot at = sk_slots_get(p->slots, slot);

    /* Revoking and deleting fail only where there is no slot. */
    if (is_shared(p, slot)) {
        (void)sk_slot_revoke(at);
    }
    if (slot == SLOT_FAULTS) {
        (void)sk_slot_delete(at);
    } else {
        source->free_object(source, single_blueprint(p, slot), at);
    }
}

void sk_process_stop(struct sk_process *p)
{
    /* What it made of its memory first: other threads might make the first run again. */
    if (p->untyped_bits != 0) {
        (void)sk_slot_revoke(sk_process_slot_untyped(p));
    }
    if (is_shared(p, SLOT_TCB)) {
        (void)sk_slot_revoke(sk_slots_get(p->slots, SLOT_TCB));
    }
    /* Fails only on what is no TCB. */
    (void)sk_tcb_suspend(p->tcb);
}

void sk_process_release(struct sk_process *p)
{
    struct sk_source *source = p->parent->source;

    if (p->slots.count == 0) {
        return;
    }
    /* The thread goes first, and what it runs in afterwards. */
    if (p->single_count > SLOT_TCB) {
        free_single(p, SLOT_TCB);
    }
    for (seL4_Word slot = p->single_count; slot-- > 0;) {
        if (slot != SLOT_TCB) {
            free_single(p, slot);
        }
    }
    while (p->page_rows > 0) {
        free_row(source, sk_blueprint_frame(seL4_PageBits), pages(p, --p->page_rows));
    }
    if (p->has_tables) {
        free_row(source, sk_blueprint_page_table(), tables(p));
    }
    while (p->more_count > 0) {
        source->give_slots(source, p->more[--p->more_count]);
    }
    source->give_slots(source, p->slots);
    p->slots = (sk_slots){0};
    p->single_count = 0;
    p->has_tables = false;
}
