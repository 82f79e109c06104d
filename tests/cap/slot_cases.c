/*
 * CSpaces of several levels: the kernel resolves the addresses that cap computes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/cspace.h>

#include "cases.h"

/* The first level is a CNode of ours with a guard, from its slot 2 on lead two more. */
static const sk_cspace shape = {
    .level_count = 3,
    .level = {{.guard = 5, .guard_bits = 4, .radix_bits = 3},
              {.guard = 0, .guard_bits = 0, .radix_bits = 6},
              {.guard = 0x1ff, .guard_bits = 9, .radix_bits = 2}},
};

static const seL4_Word full_path[] = {2, 61, 3};

/* A CNode for a level, with its guard, in the slot to. */
static sk_err make_level(struct scene *s, const sk_node *level, sk_slot to)
{
    seL4_CPtr plain = scene_make(s, sk_blueprint_cnode(level->radix_bits));
    seL4_Word guard = seL4_CNode_CapData_new(level->guard, level->guard_bits).words[0];

    return (sk_err)seL4_CNode_Mint(to.root.cptr, to.index, to.depth, s->cnode, plain,
                                   seL4_WordBits, seL4_AllRights, guard);
}

/* Three CNodes, one in the other; ret_root is the first. */
static sk_err make_cspace(struct scene *s, sk_cnode *ret_root)
{
    sk_slot at = scene_slot(s);
    sk_cnode root = {sk_slot_cptr(at)};

    for (unsigned n = 0; n < shape.level_count; n++) {
        SK_TRY(make_level(s, &shape.level[n], at));
        SK_TRY(sk_cspace_encode(&shape, root, full_path, n + 1, &at));
    }
    *ret_root = root;
    return SK_OK;
}

const char *addresses_of_three_levels_resolve(struct scene *s)
{
    seL4_CPtr endpoint = scene_make(s, SK_BLUEPRINT(Endpoint));
    sk_cnode root;
    sk_slot slot;
    sk_slot back = scene_slot(s);

    WANT(make_cspace(s, &root) == SK_OK);
    WANT(sk_cspace_encode(&shape, root, full_path, 3, &slot) == SK_OK);
    WANT(slot.depth == 24);
    WANT(seL4_CNode_Copy(root.cptr, slot.index, slot.depth, s->cnode, endpoint, seL4_WordBits,
                         seL4_AllRights) == seL4_NoError);
    WANT(seL4_CNode_Copy(s->cnode, back.index, back.depth, root.cptr, slot.index, slot.depth,
                         seL4_AllRights) == seL4_NoError);

    /* The slot in which the last CNode is: the same path without its end. */
    WANT(sk_cspace_encode(&shape, root, full_path, 2, &slot) == SK_OK);
    WANT(seL4_CNode_Copy(s->cnode, scene_slot(s).index, seL4_WordBits, root.cptr, slot.index,
                         slot.depth, seL4_AllRights) == seL4_NoError);
    return NULL;
}

const char *wrong_addresses_fail_as_decoded(struct scene *s)
{
    static const struct {
        seL4_Word flip;
        int more;
    } wrong[] = {
        {(seL4_Word)1 << 23, 0}, /* the first guard */
        {(seL4_Word)1 << 20, 0}, /* its last bit */
        {(seL4_Word)1 << 10, 0}, /* the third guard */
        {0, -1},                 /* within the third CNode's index */
        {0, -5},                 /* within its guard */
        {0, -12},                /* within the second CNode's index */
        {0, -18},                /* within the first's */
        {0, -21},                /* within the first's guard */
    };
    sk_cnode root;
    sk_slot right;

    WANT(make_cspace(s, &root) == SK_OK);
    WANT(sk_cspace_encode(&shape, root, full_path, 3, &right) == SK_OK);
    for (unsigned n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++) {
        sk_slot slot = right;
        seL4_Word path[SK_CSPACE_LEVELS];
        unsigned count = 0;
        struct sk_lookup_failure failure;
        struct sk_error e;

        slot.index =
            wrong[n].more < 0 ? slot.index >> -wrong[n].more : slot.index ^ wrong[n].flip;
        slot.depth = (seL4_Uint8)(slot.depth + wrong[n].more);
        WANT(sk_cspace_decode(&shape, slot, path, &count, &failure) == SK_ERR_FAILED_LOOKUP);
        e = sk_error_last((sk_err)seL4_CNode_Copy(root.cptr, slot.index, slot.depth, s->cnode,
                                                  s->tcb, seL4_WordBits, seL4_AllRights));
        WANT(e.code == SK_ERR_FAILED_LOOKUP && !e.is_source);
        WANT(e.lookup.kind == failure.kind);
        WANT(e.lookup.bits_left == failure.bits_left);
        WANT(e.lookup.bits_found == failure.bits_found);
        WANT(e.lookup.guard == failure.guard && e.lookup.guard_bits == failure.guard_bits);
    }
    return NULL;
}

const char *windows_are_what_retype_wants(struct scene *s)
{
    sk_cnode root;
    sk_slot slot;
    sk_slots slots;
    sk_slots again;
    sk_window w;
    seL4_Word path[] = {2, 61, 1};

    WANT(make_cspace(s, &root) == SK_OK);
    WANT(sk_cspace_encode(&shape, root, path, 3, &slot) == SK_OK);
    slots = (sk_slots){slot, 3};
    WANT(sk_slots_window(slots, shape.level[2], &w) == SK_OK);
    WANT(w.node_depth == 13 && w.offset == 1 && w.count == 3);
    WANT(sk_blueprint_make(SK_BLUEPRINT(Endpoint), (sk_untyped){s->untyped}, slots,
                           shape.level[2]) == SK_OK);
    WANT(sk_window_slots(w, shape.level[2], &again) == SK_OK);
    for (seL4_Word n = 0; n < 3; n++) {
        sk_slot to = scene_slot(s);
        sk_slot from = sk_slots_get(again, n);

        WANT(seL4_CNode_Copy(to.root.cptr, to.index, to.depth, from.root.cptr, from.index,
                             from.depth, seL4_AllRights) == seL4_NoError);
    }
    WANT(seL4_CNode_Copy(s->cnode, scene_slot(s).index, seL4_WordBits, root.cptr,
                         slot.index - 1, slot.depth, seL4_AllRights) == seL4_FailedLookup);
    return NULL;
}

static void signal_it(seL4_Word notification)
{
    seL4_Signal(notification);
    for (;;) {
        seL4_Yield();
    }
}

/* A thread whose CSpace is the small one invokes what is at the end of three levels. */
const char *short_addresses_can_be_invoked(struct scene *s)
{
    seL4_CPtr notification = scene_make(s, SK_BLUEPRINT(Notification));
    sk_cnode root;
    sk_slot slot;
    seL4_CPtr tcb;
    seL4_Word badge = 0;

    WANT(make_cspace(s, &root) == SK_OK);
    WANT(sk_cspace_encode(&shape, root, full_path, 3, &slot) == SK_OK);
    WANT(seL4_CNode_Mint(root.cptr, slot.index, slot.depth, s->cnode, notification,
                         seL4_WordBits, seL4_CanWrite, 9) == seL4_NoError);
    tcb = scene_thread(s, signal_it, sk_slot_cptr(slot), 100, seL4_CapNull);
    WANT(tcb != 0);
    WANT(seL4_TCB_SetSpace(tcb, seL4_CapNull, root.cptr, 0, s->vspace, 0) == seL4_NoError);
    seL4_Wait(notification, &badge);
    WANT(badge == 9);
    return NULL;
}
