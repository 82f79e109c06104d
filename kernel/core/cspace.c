/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/cspace.h"

#define WORD_BITS 64u

static struct cspace_lookup guard_mismatch(kcap c, uint64_t bits_left)
{
    return (struct cspace_lookup){
        .why = {seL4_GuardMismatch, bits_left, {cap_badge(c), cap_cnode_guard_bits(c)}}};
}

struct cspace_lookup sk_kcspace_resolve(kcap root, uint64_t cptr, uint64_t depth)
{
    kcap c = root;
    uint64_t left = depth;

    if (cap_type(c) != CAP_CNODE) {
        return (struct cspace_lookup){.why = {.type = seL4_InvalidRoot}};
    }
    for (;;) {
        uint64_t radix = cap_cnode_radix(c);
        uint64_t guard_bits = cap_cnode_guard_bits(c);
        uint64_t rest = left < WORD_BITS ? cptr & ((1ull << left) - 1) : cptr;
        struct slot *s;

        /* rest holds the bits still to translate: guard, then radix, then the others. */
        if (guard_bits > left ||
            (guard_bits != 0 && rest >> (left - guard_bits) != cap_badge(c))) {
            return guard_mismatch(c, left);
        }
        if (guard_bits + radix > left) {
            return (struct cspace_lookup){
                .why = {seL4_DepthMismatch, left, {guard_bits + radix}}};
        }
        left -= guard_bits + radix;
        s = cap_cnode_slots(c) + (cptr >> left & ((1ull << radix) - 1));
        if (left == 0 || cap_type(s->cap) != CAP_CNODE) {
            return (struct cspace_lookup){.slot = s, .bits_left = left};
        }
        c = s->cap;
    }
}

struct slot *sk_kcspace_slot(const struct tcb *t, uint64_t cptr, struct lookup_failure *ret_why)
{
    struct cspace_lookup l = sk_kcspace_resolve(t->slots[TCB_CSPACE].cap, cptr, WORD_BITS);

    if (l.slot == 0) {
        *ret_why = l.why;
    }
    return l.slot;
}

seL4_Error sk_kcspace_target(struct kernel *k, kcap root, uint64_t index, uint64_t depth,
                             uint64_t is_source, struct slot **ret_slot)
{
    struct cspace_lookup l;

    if (cap_type(root) != CAP_CNODE) {
        return sk_kerror_lookup(k, is_source,
                                (struct lookup_failure){.type = seL4_InvalidRoot});
    }
    if (depth < 1 || depth > WORD_BITS) {
        return sk_kerror_range(k, 1, WORD_BITS);
    }
    l = sk_kcspace_resolve(root, index, depth);
    if (l.slot == 0) {
        return sk_kerror_lookup(k, is_source, l.why);
    }
    if (l.bits_left != 0) {
        return sk_kerror_lookup(k, is_source,
                                (struct lookup_failure){seL4_DepthMismatch, l.bits_left, {0}});
    }
    *ret_slot = l.slot;
    return seL4_NoError;
}
