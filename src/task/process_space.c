/* SPDX-License-Identifier: BSD-2-Clause */
#include "process.h"

#include <sel4runtime/auxv.h>
#include <selkie/cap/cnode.h>

/* What a process can be given of itself and of its parent. */
static const struct {
    enum sk_process_gives give;
    unsigned aux;
} gives[] = {
    {SK_GIVE_TCB, AT_SEL4_TCB},
    {SK_GIVE_CNODE, AT_SEL4_CNODE},
    {SK_GIVE_VSPACE, AT_SEL4_VSPACE},
    {SK_GIVE_ASID_POOL, AT_SEL4_ASID_POOL},
    {SK_GIVE_SCHED_CONTROL, SK_AT_SCHED_CONTROL},
};
#define GIVES (sizeof(gives) / sizeof(gives[0]))

static bool is_given(const struct spawn *s, unsigned n)
{
    return (s->options->gives & gives[n].give) != 0 &&
           (SK_CFG_KERNEL_MCS || gives[n].give != SK_GIVE_SCHED_CONTROL);
}

/* The capability to give, in our CSpace. */
static seL4_CPtr given(const struct spawn *s, unsigned n)
{
    switch (gives[n].give) {
    case SK_GIVE_TCB:
        return s->p->tcb.cptr;
    case SK_GIVE_CNODE:
        return s->p->cnode.cptr;
    case SK_GIVE_VSPACE:
        return s->p->vspace.cptr;
    case SK_GIVE_ASID_POOL:
        return s->parent->env.asid_pool.cptr;
    default:
        return s->parent->env.sched_control.cptr;
    }
}

/* The smallest CNode that has room, unless the options say which. */
static sk_err choose_size(struct spawn *s, seL4_Word slots)
{
    unsigned bits = s->options->cnode_bits;

    if (bits == 0) {
        bits = SK_PROCESS_CNODE_BITS;
        while (slots > (seL4_Word)1 << bits) {
            bits++;
        }
    }
    if (bits >= seL4_WordBits - seL4_SlotBits || slots > (seL4_Word)1 << bits) {
        return SK_ERR_RANGE;
    }
    s->p->cnode_bits = bits;
    s->plan.cnode_bits = bits;
    return SK_OK;
}

sk_err sk_process_plan_space(struct spawn *s)
{
    const struct sk_process_options *o = s->options;
    seL4_CPtr next = CHILD_FIRST;

    for (size_t i = 0; i < o->grant_count; i++) {
        if (o->grants[i].cptr == seL4_CapNull) {
            return SK_ERR_INVALID_CAPABILITY;
        }
    }
    sk_stack_top_tell(&s->top, SK_AT_PARENT, CHILD_PARENT);
    for (unsigned n = 0; n < GIVES; n++) {
        if (is_given(s, n)) {
            sk_stack_top_tell(&s->top, gives[n].aux, next++);
        }
    }
    s->top.first_grant = next;
    s->top.grants = o->grants;
    s->top.grant_count = o->grant_count;
    if (o->untyped_bits != 0) {
        s->top.own = (struct sk_grant){
            .name = SK_PROCESS_MEMORY, .kind = "untyped", .size_bits = o->untyped_bits};
        next++;
    }
    next += o->grant_count;
    SK_TRY(choose_size(s, next));
    sk_stack_top_tell(&s->top, SK_AT_CNODE_BITS, s->p->cnode_bits);
    if (next < (seL4_CPtr)1 << s->p->cnode_bits) {
        sk_stack_top_tell(&s->top, SK_AT_EMPTY_SLOT, next);
    }
    return SK_OK;
}

static sk_slot next_slot(struct spawn *s)
{
    return (sk_slot){s->p->cnode, s->next_child++, (seL4_Uint8)s->p->cnode_bits};
}

static sk_slot ours(const struct spawn *s, seL4_CPtr cptr)
{
    return sk_slot_at(s->parent->env.cnode, cptr);
}

static sk_err put_gives(struct spawn *s)
{
    seL4_Word guard = seL4_CNode_CapData_new(0, seL4_WordBits - s->p->cnode_bits).words[0];

    for (unsigned n = 0; n < GIVES; n++) {
        if (is_given(s, n)) {
            /* As the root of the CSpace it has a guard; the others have no badge. */
            SK_TRY(sk_slot_mint(next_slot(s), ours(s, given(s, n)), seL4_AllRights,
                                gives[n].give == SK_GIVE_CNODE ? guard : 0));
        }
    }
    return SK_OK;
}

static sk_err put_grant(struct spawn *s, const struct sk_grant *grant)
{
    enum sk_rights rights = grant->rights != SK_NO_RIGHTS ? grant->rights : SK_ALL_RIGHTS;
    sk_err e = SK_OK;

    if (grant->badge != 0) {
        e = sk_slot_mint(next_slot(s), ours(s, grant->cptr), sk_rights_raw(rights),
                         grant->badge);
    } else {
        e = sk_slot_copy(next_slot(s), ours(s, grant->cptr), sk_rights_raw(rights));
    }
    /* Whatever is wrong with what the caller names: it cannot be handed over. */
    return e == SK_OK ? SK_OK : SK_ERR_INVALID_CAPABILITY;
}

sk_err sk_process_fill_space(struct spawn *s)
{
    s->next_child = CHILD_PARENT;
    SK_TRY(sk_slot_copy(next_slot(s), sk_slots_get(s->p->slots, SLOT_FAULTS),
                        sk_rights_raw(SK_WRITE | SK_GRANT_REPLY)));
    SK_TRY(put_gives(s));
    if (s->p->untyped_bits != 0) {
        SK_TRY(sk_slot_copy(next_slot(s), sk_process_slot_untyped(s->p), seL4_AllRights));
    }
    for (size_t i = 0; i < s->options->grant_count; i++) {
        SK_TRY(put_grant(s, &s->options->grants[i]));
    }
    return SK_OK;
}
