/*
 * The hard parts of deleting: threads that delete themselves or their CSpace, CNodes in
 * circles, and what becomes of the objects that hung on what is gone.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

/* A slot of a CNode, for a thread that deletes or revokes it. */
struct target {
    seL4_CPtr root;
    seL4_Word index;
    seL4_Word depth;
    volatile bool is_survived;
};

static void delete_target(void *arg)
{
    struct target *t = arg;

    seL4_CNode_Delete(t->root, t->index, (seL4_Uint8)t->depth);
    t->is_survived = true;
}

static void revoke_target(void *arg)
{
    struct target *t = arg;

    seL4_CNode_Revoke(t->root, t->index, (seL4_Uint8)t->depth);
    t->is_survived = true;
}

TEST(deletion, of_its_own_tcb_ends_a_thread, "Deletion and Revocation")
{
    struct target target = {MY_CNODE, 0, 64, false};
    struct thread *thread = thread_make(delete_target, &target, TEST_PRIORITY + 1);

    target.index = thread->tcb;
    thread_start(thread);
    CHECK(is_empty(thread->tcb));
    CHECK(!target.is_survived);
}

TEST(deletion, of_the_memory_of_its_own_tcb_ends_a_thread, "Deletion and Revocation")
{
    struct target target = {MY_CNODE, UNTYPED, 64, false};
    struct thread *thread = thread_run(revoke_target, &target, TEST_PRIORITY + 1);

    CHECK(!target.is_survived);
    CHECK(is_empty(thread->tcb));
    /* The revoke need not be complete: who did it is gone. */
    OK(seL4_CNode_Revoke(AT(UNTYPED)));
    CHECK_EQ(bytes_left(UNTYPED), (seL4_Word)1 << UNTYPED_BITS);
}

TEST(deletion, of_its_own_context_stops_a_thread, "Deletion and Revocation")
{
    struct target target = {MY_CNODE, 0, 64, false};
    struct thread *thread = thread_make(delete_target, &target, TEST_PRIORITY + 1);

    target.index = thread->context;
    thread_start(thread);
    CHECK(is_empty(thread->context));
    CHECK(!target.is_survived);
}

TEST(deletion, of_its_own_context_lets_a_thread_go_on_with_another, "Deletion and Revocation")
{
    struct target target = {MY_CNODE, 0, 64, false};
    struct thread *thread = thread_make(delete_target, &target, TEST_PRIORITY + 1);
    seL4_CPtr context = make_sized(seL4_SchedContextObject, 8);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, context, 10000, 10000, 0, 0, 0));
    target.index = thread->context;
    thread_start(thread);
    OK(seL4_SchedContext_Bind(context, thread->tcb));
    CHECK(target.is_survived);
}

/* A thread whose CSpace is one CNode of 16 slots, made from SPARE_UNTYPED. */
struct cspace {
    struct thread *thread;
    seL4_CPtr cnode; /* in MY_CNODE */
};

static void finish_elsewhere(void *arg)
{
    revoke_target(arg);
    /* The CSpace is gone: every other use of it is a fault. */
    seL4_Send(1, seL4_MessageInfo_new(0, 0, 0, 0));
}

static struct cspace make_cspace(void (*body)(void *arg), void *arg, seL4_CPtr handler)
{
    struct cspace cspace = {thread_make(body, arg, TEST_PRIORITY + 1), slot()};

    OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_CapTableObject, 4, MY_CNODE, 0, 0, cspace.cnode,
                           1));
    OK(seL4_TCB_SetSpace(cspace.thread->tcb, handler, cspace.cnode, guard_word(0, 60),
                         MY_VSPACE, 0));
    return cspace;
}

TEST(deletion, of_its_own_cspace_leaves_a_thread_without_one, "Deletion and Revocation")
{
    struct target target = {2, 3, 64, false};
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct cspace cspace = make_cspace(finish_elsewhere, &target, handler);

    /* Slot 3 is the untyped from which the CNode is made; slot 2 is the CNode. */
    OK(seL4_CNode_Mint(cspace.cnode, 2, 4, AT(cspace.cnode), seL4_AllRights,
                       guard_word(0, 60)));
    OK(seL4_CNode_Move(cspace.cnode, 3, 4, AT(SPARE_UNTYPED)));
    thread_start(cspace.thread);
    CHECK(is_empty(cspace.cnode));

    seL4_MessageInfo_t info = seL4_NBRecv(handler, NULL, make(seL4_ReplyObject));
    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_Fault_CapFault);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_InvalidRoot);
}

TEST(deletion, of_a_cspace_from_outside_leaves_its_thread_without_one,
     "Deletion and Revocation")
{
    struct target target = {1, 1, 64, false};
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct cspace cspace = make_cspace(delete_target, &target, handler);

    OK(seL4_CNode_Revoke(AT(SPARE_UNTYPED)));
    CHECK(is_empty(cspace.cnode));
    CHECK_EQ(bytes_left(SPARE_UNTYPED), 1 << SPARE_UNTYPED_BITS);
    thread_start(cspace.thread);

    seL4_MessageInfo_t info = seL4_NBRecv(handler, NULL, make(seL4_ReplyObject));
    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_Fault_CapFault);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_InvalidRoot);
    CHECK(!target.is_survived);
}

TEST(deletion, frees_two_cnodes_that_contain_each_other, "Deletion and Revocation")
{
    seL4_SlotPos a = slot();
    seL4_SlotPos b = slot();

    OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_CapTableObject, 3, MY_CNODE, 0, 0, a, 1));
    OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_CapTableObject, 3, MY_CNODE, 0, 0, b, 1));
    OK(seL4_CNode_Copy(a, 5, 3, AT(b), seL4_AllRights));
    OK(seL4_CNode_Copy(b, 2, 3, AT(a), seL4_AllRights));
    OK(seL4_CNode_Delete(AT(a)));
    OK(seL4_CNode_Delete(AT(b)));
    OK(seL4_CNode_Revoke(AT(SPARE_UNTYPED)));
    CHECK_EQ(bytes_left(SPARE_UNTYPED), 1 << SPARE_UNTYPED_BITS);
}

TEST(deletion, frees_a_chain_of_cnodes_with_a_revoke, "Deletion and Revocation")
{
    seL4_SlotPos cnodes = slots(4);

    OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_CapTableObject, 2, MY_CNODE, 0, 0, cnodes, 4));
    for (seL4_Word i = 0; i < 3; i++) {
        OK(seL4_CNode_Copy(cnodes + i, 1, 2, AT(cnodes + i + 1), seL4_AllRights));
        OK(seL4_CNode_Delete(AT(cnodes + i + 1)));
        OK(seL4_CNode_Copy(AT(cnodes + i + 1), cnodes + i, 1, 2, seL4_AllRights));
    }
    OK(seL4_CNode_Revoke(AT(SPARE_UNTYPED)));
    for (seL4_Word i = 0; i < 4; i++) {
        CHECK(is_empty(cnodes + i));
    }
    CHECK_EQ(bytes_left(SPARE_UNTYPED), 1 << SPARE_UNTYPED_BITS);
}

TEST(deletion, of_a_cnode_full_of_itself_empties_it, "Deletion and Revocation")
{
    seL4_SlotPos cnode = slot();

    OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_CapTableObject, 4, MY_CNODE, 0, 0, cnode, 1));
    for (seL4_Word i = 0; i < 16; i++) {
        OK(seL4_CNode_Copy(cnode, i, 4, AT(cnode), seL4_AllRights));
    }
    OK(seL4_CNode_Revoke(AT(SPARE_UNTYPED)));
    CHECK_EQ(bytes_left(SPARE_UNTYPED), 1 << SPARE_UNTYPED_BITS);
}

TEST(deletion, of_a_large_full_cnode_completes, "Deletion and Revocation")
{
    seL4_CPtr cnode = make_cnode(10);

    for (seL4_Word i = 0; i < 4; i++) {
        OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_EndpointObject, 0, cnode, 0, 0, 256 * i,
                               i < 3 ? 256 : 255));
    }
    OK(seL4_CNode_Delete(AT(cnode)));
    CHECK_EQ(bytes_left(SPARE_UNTYPED), 1 << SPARE_UNTYPED_BITS);
}

TEST(deletion, of_many_copies_completes, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr cnode = make_cnode(9);

    for (seL4_Word i = 0; i < 512; i++) {
        OK(seL4_CNode_Copy(cnode, i, 9, AT(endpoint), seL4_AllRights));
    }
    OK(seL4_CNode_Revoke(AT(endpoint)));
    for (seL4_Word i = 0; i < 512; i++) {
        CHECK(is_empty_in(cnode, i, 9));
    }
}

TEST(deletion, of_a_tcb_releases_its_context, "Deletion and Revocation")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr context = make_sized(seL4_SchedContextObject, 8);

    OK(seL4_SchedContext_Bind(context, tcb));
    OK(seL4_CNode_Delete(AT(tcb)));
    OK(seL4_SchedContext_Bind(context, make(seL4_TCBObject)));
}

TEST(deletion, of_a_context_releases_its_thread, "Deletion and Revocation")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr context = make_sized(seL4_SchedContextObject, 8);

    OK(seL4_SchedContext_Bind(context, tcb));
    OK(seL4_CNode_Delete(AT(context)));
    OK(seL4_SchedContext_Bind(make_sized(seL4_SchedContextObject, 8), tcb));
}

TEST(deletion, of_a_context_releases_its_notification, "Deletion and Revocation")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr context = make_sized(seL4_SchedContextObject, 8);

    OK(seL4_SchedContext_Bind(context, notification));
    OK(seL4_CNode_Delete(AT(context)));
    OK(seL4_SchedContext_Bind(make_sized(seL4_SchedContextObject, 8), notification));
}

TEST(deletion, of_an_irq_handler_frees_its_irq, "Deletion and Revocation")
{
    seL4_SlotPos handler = slot();

    OK(seL4_IRQControl_Get(IRQ_CONTROL, 60, AT(handler)));
    REFUSED(seL4_IRQControl_Get(IRQ_CONTROL, 60, AT(slot())), seL4_RevokeFirst);
    OK(seL4_CNode_Delete(AT(handler)));
    OK(seL4_IRQControl_Get(IRQ_CONTROL, 60, AT(slot())));
}

static void fault(void *arg)
{
    volatile uintptr_t nowhere = 8;

    *(volatile bool *)arg = true;
    ++*(volatile seL4_Word *)nowhere;
    *(volatile bool *)arg = false;
}

TEST(deletion, of_a_fault_endpoint_leaves_a_fault_unheard, "Exceptions")
{
    seL4_CPtr handler = make(seL4_EndpointObject);
    seL4_Word badge = 1; /* zero, if there is no message */
    volatile bool is_stopped = false;
    struct thread *thread = thread_make(fault, (void *)&is_stopped, TEST_PRIORITY + 1);

    OK(seL4_TCB_SetSpace(thread->tcb, badged(handler, 7), MY_CNODE, 0, MY_VSPACE, 0));
    /* The TCB's own capability is a child of this one. */
    OK(seL4_CNode_Revoke(AT(handler)));
    thread_start(thread);
    CHECK(is_stopped);
    seL4_NBRecv(handler, &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 0);
}
