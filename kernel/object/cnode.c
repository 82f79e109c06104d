/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/cnode.h"

#include "core/cspace.h"
#include "core/delete.h"
#include "core/derive.h"
#include "core/preempt.h"
#include "object/endpoint.h"
#include "object/invocation.h"

seL4_Error sk_kcnode_derive(const struct slot *s, kcap c, kcap *ret_cap)
{
    *ret_cap = c;
    switch (cap_type(c)) {
    case CAP_ZOMBIE:
    case CAP_IRQ_CONTROL:
        *ret_cap = (kcap){0};
        return seL4_NoError;
    case CAP_UNTYPED:
        return derive_has_children(s) ? seL4_RevokeFirst : seL4_NoError;
    case CAP_PAGE_TABLE:
    case CAP_VSPACE:
        return cap_is_mapped(c) ? seL4_NoError : seL4_IllegalOperation;
    case CAP_FRAME:
        *ret_cap = cap_without_mapping(c);
        return seL4_NoError;
    default:
        return seL4_NoError;
    }
}

void sk_kcnode_insert(struct slot *source, struct slot *destination, kcap c)
{
    enum cap_type type = cap_type(c);
    bool is_original = type == CAP_UNTYPED;

    if (type == CAP_ENDPOINT || type == CAP_NOTIFICATION) {
        is_original = cap_badge(c) != cap_badge(source->cap);
    }
    sk_kderive_insert(source, destination, c, is_original);
    if (type == CAP_UNTYPED) {
        /* The copy has the memory now; nothing is left to hand out here while it exists. */
        source->cap = cap_untyped(cap_addr(c), cap_untyped_size_bits(c),
                                  cap_untyped_is_device(c), 1ull << cap_untyped_size_bits(c));
    }
}

kcap sk_kcnode_with_data(kcap c, uint64_t data, bool keep_badge)
{
    uint64_t guard_bits = data & 0x3f;
    uint64_t guard = data >> 6;

    switch (cap_type(c)) {
    case CAP_ENDPOINT:
    case CAP_NOTIFICATION:
        if (keep_badge || cap_badge(c) != 0) {
            return (kcap){0};
        }
        c.w1 = data;
        return c;
    case CAP_CNODE:
        if (guard_bits + cap_cnode_radix(c) > 64) {
            return (kcap){0};
        }
        return cap_cnode(cap_cnode_slots(c), cap_cnode_radix(c),
                         guard & ((1ull << guard_bits) - 1), guard_bits);
    default:
        return c;
    }
}

kcap sk_kcnode_with_rights(kcap c, uint64_t rights)
{
    switch (cap_type(c)) {
    case CAP_ENDPOINT:
    case CAP_NOTIFICATION:
    case CAP_FRAME:
    case CAP_REPLY:
        return cap_with_rights(c, cap_rights(c) & rights);
    default:
        return c;
    }
}

/* The source of an operation: the slot that words n and n + 1 name below capability extra. */
static seL4_Error find_source(struct kernel *k, struct invocation *i, unsigned extra,
                              unsigned n, struct slot **ret_slot)
{
    struct slot *s;
    uint64_t depth = sk_kinvocation_word(i, n + 1);
    seL4_Error e =
        sk_kcspace_target(k, invocation_cap(i, extra), sk_kinvocation_word(i, n), depth, 1, &s);

    if (e != seL4_NoError) {
        return e;
    }
    if (cap_is_null(s->cap)) {
        return sk_kerror_lookup(k, 1,
                                (struct lookup_failure){seL4_MissingCapability, depth, {0}});
    }
    *ret_slot = s;
    return seL4_NoError;
}

static seL4_Error copy(struct kernel *k, struct invocation *i, struct slot *to,
                       struct slot *from)
{
    bool is_mint = i->label == CNodeMint;
    kcap c;
    seL4_Error e;

    if (i->length < (is_mint ? 6u : 5u)) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    c = sk_kcnode_with_rights(from->cap, sk_kinvocation_word(i, 4));
    if (is_mint) {
        c = sk_kcnode_with_data(c, sk_kinvocation_word(i, 5), false);
    }
    e = sk_kcnode_derive(from, c, &c);
    if (e == seL4_NoError && (cap_is_null(c) || derive_depth(from) >= DERIVE_DEPTH_MAX)) {
        e = seL4_IllegalOperation;
    }
    if (e != seL4_NoError) {
        return sk_kerror(k, e);
    }
    sk_kcnode_insert(from, to, c);
    return seL4_NoError;
}

static seL4_Error move(struct kernel *k, struct invocation *i, struct slot *to,
                       struct slot *from)
{
    kcap c = from->cap;

    if (i->label == CNodeMutate) {
        if (i->length < 5) {
            return sk_kerror(k, seL4_TruncatedMessage);
        }
        c = sk_kcnode_with_data(c, sk_kinvocation_word(i, 4), true);
    }
    if (cap_is_null(c)) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    sk_kderive_move(from, to, c);
    return seL4_NoError;
}

/* Words: destination index, depth, badge; pivot index, depth, badge; source index, depth. */
static seL4_Error rotate(struct kernel *k, struct invocation *i, struct slot *to)
{
    struct slot *from;
    struct slot *pivot;
    kcap new_to, new_pivot;
    seL4_Error e;

    if (i->length < 8 || i->extra_count < 2) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = sk_kcspace_target(k, invocation_cap(i, 1), sk_kinvocation_word(i, 6),
                          sk_kinvocation_word(i, 7), 1, &from);
    if (e == seL4_NoError) {
        e = sk_kcspace_target(k, invocation_cap(i, 0), sk_kinvocation_word(i, 3),
                              sk_kinvocation_word(i, 4), 1, &pivot);
    }
    if (e != seL4_NoError) {
        return e;
    }
    if (pivot == from || pivot == to) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (from != to && !cap_is_null(to->cap)) {
        return sk_kerror(k, seL4_DeleteFirst);
    }
    if (cap_is_null(from->cap)) {
        return sk_kerror_lookup(
            k, 1,
            (struct lookup_failure){seL4_MissingCapability, sk_kinvocation_word(i, 7), {0}});
    }
    if (cap_is_null(pivot->cap)) {
        return sk_kerror_lookup(
            k, 0,
            (struct lookup_failure){seL4_MissingCapability, sk_kinvocation_word(i, 4), {0}});
    }
    new_pivot = sk_kcnode_with_data(from->cap, sk_kinvocation_word(i, 5), true);
    new_to = sk_kcnode_with_data(pivot->cap, sk_kinvocation_word(i, 2), true);
    if (cap_is_null(new_pivot) || cap_is_null(new_to)) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (from == to) {
        sk_kderive_swap(from, pivot);
        from->cap = new_to;
        pivot->cap = new_pivot;
    } else {
        sk_kderive_move(pivot, to, new_to);
        sk_kderive_move(from, pivot, new_pivot);
    }
    return seL4_NoError;
}

static seL4_Error cancel_badged_sends(struct kernel *k, const struct slot *s)
{
    if (cap_type(s->cap) != CAP_ENDPOINT || cap_rights(s->cap) != RIGHTS_ALL) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (cap_badge(s->cap) != 0) {
        sk_kendpoint_cancel_badge(k, cap_object(s->cap), cap_badge(s->cap));
    }
    return seL4_NoError;
}

static seL4_Error transfer(struct kernel *k, struct invocation *i, struct slot *to)
{
    struct slot *from = 0;
    seL4_Error e;

    if (i->length < 4 || i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (!cap_is_null(to->cap)) {
        return sk_kerror(k, seL4_DeleteFirst);
    }
    e = find_source(k, i, 0, 2, &from);
    if (e != seL4_NoError) {
        return e;
    }
    return i->label == CNodeCopy || i->label == CNodeMint ? copy(k, i, to, from)
                                                          : move(k, i, to, from);
}

seL4_Error sk_kcnode_invoke(struct kernel *k, struct invocation *i)
{
    struct slot *s;
    seL4_Error e;

    if (i->label < CNodeRevoke || i->label > CNodeRotate) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (i->length < 2) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = sk_kcspace_target(k, i->cap, sk_kinvocation_word(i, 0), sk_kinvocation_word(i, 1), 0,
                          &s);
    if (e != seL4_NoError) {
        return e;
    }
    switch (i->label) {
    case CNodeRevoke:
        return sk_krevoke(k, s) ? seL4_NoError : preempt_restart(k);
    case CNodeDelete:
        return sk_kdelete(k, s) ? seL4_NoError : preempt_restart(k);
    case CNodeCancelBadgedSends:
        return cancel_badged_sends(k, s);
    case CNodeRotate:
        return rotate(k, i, s);
    default:
        return transfer(k, i, s);
    }
}
