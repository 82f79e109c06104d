/*
 * seL4_CNode_Move, seL4_CNode_Mutate and seL4_CNode_Rotate.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

TEST(cnode_move, moves_a_capability, "CNode Methods")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr sender = badged(notification, 5);
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Move(AT(to), AT(sender)));
    CHECK_EQ(signal_through(to, notification), 5);
}

TEST(cnode_move, leaves_the_source_empty, "CNode Methods")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    OK(seL4_CNode_Move(AT(slot()), AT(endpoint)));
    CHECK(is_empty(endpoint));
}

TEST(cnode_move, refuses_to_move_to_the_same_slot, "CNode Methods")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED(seL4_CNode_Move(AT(endpoint), AT(endpoint)), seL4_DeleteFirst);
}

TEST(cnode_move, refuses_an_occupied_slot, "seL4_CNode_Move")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED(seL4_CNode_Move(AT(MY_TCB), AT(endpoint)), seL4_DeleteFirst);
    CHECK(!is_empty(endpoint));
}

TEST(cnode_move, refuses_an_empty_source_slot, "seL4_CNode_Move")
{
    REFUSED_WITH(seL4_CNode_Move(AT(slot()), AT(slot())), seL4_FailedLookup, 1,
                 seL4_MissingCapability, 64);
}

TEST(cnode_move, refuses_a_source_root_that_is_no_cnode, "seL4_CNode_Move")
{
    REFUSED_WITH(seL4_CNode_Move(AT(slot()), MY_TCB, MY_TCB, 64), seL4_FailedLookup, 1,
                 seL4_InvalidRoot);
}

TEST(cnode_move, refuses_a_destination_root_that_is_no_cnode, "seL4_CNode_Move")
{
    REFUSED(seL4_CNode_Move(MY_TCB, slot(), 64, AT(MY_TCB)), seL4_IllegalOperation);
}

TEST(cnode_move, refuses_a_destination_root_that_is_empty, "seL4_CNode_Move")
{
    REFUSED_WITH(seL4_CNode_Move(slot(), slot(), 64, AT(MY_TCB)), seL4_InvalidCapability, 0);
}

TEST(cnode_move, refuses_a_source_depth_of_65, "seL4_CNode_Move")
{
    REFUSED_WITH(seL4_CNode_Move(AT(slot()), MY_CNODE, MY_TCB, 65), seL4_RangeError, 1, 64);
}

TEST(cnode_move, refuses_a_destination_depth_of_0, "seL4_CNode_Move")
{
    REFUSED_WITH(seL4_CNode_Move(MY_CNODE, slot(), 0, AT(MY_TCB)), seL4_RangeError, 1, 64);
}

TEST(cnode_move, refuses_a_message_without_a_source_depth, "Truncated Message")
{
    seL4_SetCap(0, MY_CNODE);
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    REFUSED(invoke(MY_CNODE, CNodeMove, 1, 3), seL4_TruncatedMessage);
}

TEST(cnode_move, moves_what_cannot_be_copied, "CNode Methods")
{
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Move(AT(to), AT(IRQ_CONTROL)));
    OK(seL4_CNode_Move(AT(IRQ_CONTROL), AT(to)));
}

TEST(cnode_move, keeps_the_children_of_what_is_moved, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr child = copy_of(endpoint);
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Move(AT(to), AT(endpoint)));
    OK(seL4_CNode_Revoke(AT(to)));
    CHECK(is_empty(child));
    CHECK(!is_empty(to));
}

TEST(cnode_move, keeps_the_parent_of_what_is_moved, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Move(AT(to), AT(copy_of(endpoint))));
    OK(seL4_CNode_Revoke(AT(endpoint)));
    CHECK(is_empty(to));
}

TEST(cnode_move, keeps_an_untyped_with_children_whole, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_SlotPos to = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, slot(), 1));
    OK(seL4_CNode_Move(AT(to), AT(untyped)));
    CHECK_EQ(bytes_left(to), 4096 - (1 << seL4_EndpointBits));
}

TEST(cnode_mutate, moves_a_capability, "CNode Methods")
{
    seL4_CPtr cnode = make_cnode(4);
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Mutate(AT(to), AT(cnode), guard_word(1, 2)));
    CHECK(is_empty(cnode));
    CHECK(!is_empty(to));
}

TEST(cnode_mutate, sets_the_guard_of_a_cnode, "CNode Methods")
{
    seL4_CPtr cnode = make_cnode(4);
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Mutate(AT(to), AT(cnode), guard_word(2, 2)));
    OK(seL4_CNode_Copy(to, 0x23, 6, AT(MY_TCB), seL4_AllRights));
}

TEST(cnode_mutate, keeps_a_capability_revokable, "CNode Methods")
{
    seL4_CPtr cnode = make_cnode(4);
    seL4_CPtr child = copy_of(cnode);
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Mutate(AT(to), AT(cnode), guard_word(2, 2)));
    OK(seL4_CNode_Revoke(AT(to)));
    CHECK(is_empty(child));
}

TEST(cnode_mutate, refuses_to_badge_an_endpoint, "CNode Methods")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED(seL4_CNode_Mutate(AT(slot()), AT(endpoint), 5), seL4_IllegalOperation);
    CHECK(!is_empty(endpoint));
}

TEST(cnode_mutate, refuses_to_badge_a_notification, "CNode Methods")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    REFUSED(seL4_CNode_Mutate(AT(slot()), AT(notification), 5), seL4_IllegalOperation);
}

TEST(cnode_mutate, refuses_a_guard_that_does_not_fit_the_word, "seL4_CNode_Mutate")
{
    seL4_CPtr cnode = make_cnode(4);

    REFUSED(seL4_CNode_Mutate(AT(slot()), AT(cnode), guard_word(0, 61)), seL4_IllegalOperation);
}

TEST(cnode_mutate, refuses_an_occupied_slot, "seL4_CNode_Mutate")
{
    REFUSED(seL4_CNode_Mutate(AT(MY_TCB), AT(make_cnode(4)), 0), seL4_DeleteFirst);
}

TEST(cnode_mutate, refuses_an_empty_source_slot, "seL4_CNode_Mutate")
{
    REFUSED_WITH(seL4_CNode_Mutate(AT(slot()), AT(slot()), 0), seL4_FailedLookup, 1,
                 seL4_MissingCapability, 64);
}

TEST(cnode_mutate, refuses_a_source_root_that_is_no_cnode, "seL4_CNode_Mutate")
{
    REFUSED_WITH(seL4_CNode_Mutate(AT(slot()), MY_TCB, MY_TCB, 64, 0), seL4_FailedLookup, 1,
                 seL4_InvalidRoot);
}

TEST(cnode_mutate, refuses_depths_out_of_range, "seL4_CNode_Mutate")
{
    REFUSED_WITH(seL4_CNode_Mutate(AT(slot()), MY_CNODE, MY_TCB, 65, 0), seL4_RangeError, 1,
                 64);
    REFUSED_WITH(seL4_CNode_Mutate(MY_CNODE, slot(), 0, AT(MY_TCB), 0), seL4_RangeError, 1, 64);
}

TEST(cnode_mutate, refuses_a_destination_root_that_is_no_cnode, "seL4_CNode_Mutate")
{
    REFUSED(seL4_CNode_Mutate(MY_TCB, slot(), 64, AT(MY_TCB), 0), seL4_IllegalOperation);
    REFUSED_WITH(seL4_CNode_Mutate(slot(), slot(), 64, AT(MY_TCB), 0), seL4_InvalidCapability,
                 0);
}

TEST(cnode_mutate, refuses_a_message_without_its_last_word, "Truncated Message")
{
    seL4_SetCap(0, MY_CNODE);
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    seL4_SetMR(2, MY_TCB);
    seL4_SetMR(3, 64);
    REFUSED(invoke(MY_CNODE, CNodeMutate, 1, 4), seL4_TruncatedMessage);
}

/*
 * Three slots. The pivot holds an untyped of 2^5 bytes, the source one of 2^6: after a
 * rotation their sizes tell which is where.
 */
struct wheel {
    seL4_SlotPos destination, pivot, source;
};

static struct wheel make_wheel(void)
{
    struct wheel wheel = {.destination = slot()};

    wheel.pivot = make_sized(seL4_UntypedObject, 5);
    wheel.source = make_sized(seL4_UntypedObject, 6);
    return wheel;
}

TEST(cnode_rotate, moves_the_pivot_to_the_destination, "CNode Methods")
{
    struct wheel w = make_wheel();

    OK(seL4_CNode_Rotate(AT(w.destination), 0, AT(w.pivot), 0, AT(w.source)));
    CHECK_EQ(bytes_left(w.destination), 32);
}

TEST(cnode_rotate, moves_the_source_to_the_pivot, "CNode Methods")
{
    struct wheel w = make_wheel();

    OK(seL4_CNode_Rotate(AT(w.destination), 0, AT(w.pivot), 0, AT(w.source)));
    CHECK_EQ(bytes_left(w.pivot), 64);
    CHECK(is_empty(w.source));
}

TEST(cnode_rotate, swaps_if_destination_is_source, "CNode Methods")
{
    struct wheel w = make_wheel();

    OK(seL4_CNode_Rotate(AT(w.source), 0, AT(w.pivot), 0, AT(w.source)));
    CHECK_EQ(bytes_left(w.source), 32);
    CHECK_EQ(bytes_left(w.pivot), 64);
}

TEST(cnode_rotate, swaps_a_parent_with_its_child, "Capability Derivation Tree")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr child = copy_of(tcb);

    OK(seL4_CNode_Rotate(AT(child), 0, AT(tcb), 0, AT(child)));
    OK(seL4_CNode_Revoke(AT(child)));
    CHECK(is_empty(tcb));
    CHECK(!is_empty(child));
}

TEST(cnode_rotate, sets_both_guards, "seL4_CNode_Rotate")
{
    seL4_SlotPos destination = slot();
    seL4_CPtr pivot = make_cnode(4);
    seL4_CPtr source = make_cnode(4);

    OK(seL4_CNode_Rotate(AT(destination), guard_word(1, 2), AT(pivot), guard_word(2, 3),
                         AT(source)));
    OK(seL4_CNode_Copy(destination, 0x10, 6, AT(MY_TCB), seL4_AllRights));
    OK(seL4_CNode_Copy(pivot, 0x20, 7, AT(MY_TCB), seL4_AllRights));
}

TEST(cnode_rotate, refuses_a_pivot_that_is_the_source, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();

    REFUSED(seL4_CNode_Rotate(AT(w.destination), 0, AT(w.source), 0, AT(w.source)),
            seL4_IllegalOperation);
}

TEST(cnode_rotate, refuses_a_pivot_that_is_the_destination, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();

    REFUSED(seL4_CNode_Rotate(AT(w.pivot), 0, AT(w.pivot), 0, AT(w.source)),
            seL4_IllegalOperation);
}

TEST(cnode_rotate, refuses_an_occupied_destination, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();

    REFUSED(seL4_CNode_Rotate(AT(MY_TCB), 0, AT(w.pivot), 0, AT(w.source)), seL4_DeleteFirst);
}

TEST(cnode_rotate, refuses_an_empty_source, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();

    REFUSED_WITH(seL4_CNode_Rotate(AT(w.destination), 0, AT(w.pivot), 0, AT(slot())),
                 seL4_FailedLookup, 1, seL4_MissingCapability, 64);
}

TEST(cnode_rotate, refuses_an_empty_pivot, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();

    REFUSED_WITH(seL4_CNode_Rotate(AT(w.destination), 0, AT(slot()), 0, AT(w.source)),
                 seL4_FailedLookup, 0, seL4_MissingCapability, 64);
}

TEST(cnode_rotate, moves_neither_if_it_refuses, "CNode Methods")
{
    struct wheel w = make_wheel();
    seL4_CPtr cnode = make_cnode(4);

    REFUSED(seL4_CNode_Rotate(AT(w.destination), guard_word(0, 61), AT(cnode), 0, AT(w.source)),
            seL4_IllegalOperation);
    CHECK(is_empty(w.destination));
    CHECK(!is_empty(cnode));
    CHECK_EQ(bytes_left(w.source), 64);
}

TEST(cnode_rotate, refuses_endpoints, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED(seL4_CNode_Rotate(AT(w.destination), 0, AT(endpoint), 0, AT(w.source)),
            seL4_IllegalOperation);
    REFUSED(seL4_CNode_Rotate(AT(w.destination), 0, AT(w.pivot), 0, AT(endpoint)),
            seL4_IllegalOperation);
}

TEST(cnode_rotate, refuses_notifications, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();
    seL4_CPtr notification = make(seL4_NotificationObject);

    REFUSED(seL4_CNode_Rotate(AT(w.destination), 0, AT(notification), 0, AT(w.source)),
            seL4_IllegalOperation);
}

TEST(cnode_mutate, refuses_endpoints_even_without_a_badge, "seL4_CNode_Mutate")
{
    REFUSED(seL4_CNode_Mutate(AT(slot()), AT(make(seL4_EndpointObject)), 0),
            seL4_IllegalOperation);
}

TEST(cnode_rotate, refuses_guards_that_do_not_fit, "seL4_CNode_Rotate")
{
    seL4_CPtr pivot = make_cnode(4);
    seL4_CPtr source = make_cnode(4);

    REFUSED(seL4_CNode_Rotate(AT(slot()), guard_word(0, 61), AT(pivot), 0, AT(source)),
            seL4_IllegalOperation);
    REFUSED(seL4_CNode_Rotate(AT(slot()), 0, AT(pivot), guard_word(0, 61), AT(source)),
            seL4_IllegalOperation);
}

TEST(cnode_rotate, refuses_roots_that_are_no_cnodes, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();

    REFUSED_WITH(seL4_CNode_Rotate(AT(w.destination), 0, MY_TCB, w.pivot, 64, 0, AT(w.source)),
                 seL4_FailedLookup, 1, seL4_InvalidRoot);
    REFUSED_WITH(seL4_CNode_Rotate(AT(w.destination), 0, AT(w.pivot), 0, MY_TCB, w.source, 64),
                 seL4_FailedLookup, 1, seL4_InvalidRoot);
    REFUSED(seL4_CNode_Rotate(MY_TCB, w.destination, 64, 0, AT(w.pivot), 0, AT(w.source)),
            seL4_IllegalOperation);
    REFUSED_WITH(seL4_CNode_Rotate(slot(), w.destination, 64, 0, AT(w.pivot), 0, AT(w.source)),
                 seL4_InvalidCapability, 0);
}

TEST(cnode_rotate, refuses_depths_out_of_range, "seL4_CNode_Rotate")
{
    struct wheel w = make_wheel();

    REFUSED_WITH(seL4_CNode_Rotate(MY_CNODE, w.destination, 0, 0, AT(w.pivot), 0, AT(w.source)),
                 seL4_RangeError, 1, 64);
    REFUSED_WITH(
        seL4_CNode_Rotate(AT(w.destination), 0, MY_CNODE, w.pivot, 65, 0, AT(w.source)),
        seL4_RangeError, 1, 64);
    REFUSED_WITH(seL4_CNode_Rotate(AT(w.destination), 0, AT(w.pivot), 0, MY_CNODE, w.source, 0),
                 seL4_RangeError, 1, 64);
}

TEST(cnode_rotate, refuses_a_message_without_its_last_word, "Truncated Message")
{
    struct wheel w = make_wheel();

    seL4_SetCap(0, MY_CNODE);
    seL4_SetCap(1, MY_CNODE);
    seL4_SetMR(0, w.destination);
    seL4_SetMR(1, 64);
    REFUSED(invoke(MY_CNODE, CNodeRotate, 2, 7), seL4_TruncatedMessage);
}
