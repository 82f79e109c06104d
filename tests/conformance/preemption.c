/*
 * Long kernel operations let a more urgent thread run in between, and complete afterwards.
 *
 * A ticker of higher priority wakes every TICK_US. How often it did during an operation shows
 * whether that was interrupted: without, it can only be once, at the end.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

#define TICK_US     100
#define TICK_BUDGET 40 /* us: twice the least that a context can have */
#define RADIX       12
#define COUNT       ((seL4_Word)1 << RADIX)

static void tick(void *arg)
{
    for (;;) {
        ++*(volatile seL4_Word *)arg;
        seL4_Yield();
    }
}

static void start_ticker(volatile seL4_Word *ret_ticks)
{
    struct thread *thread = thread_make(tick, (void *)ret_ticks, TEST_PRIORITY + 1);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, thread->context, TICK_BUDGET, TICK_US, 0,
                                        0, seL4_SchedContext_NoFlag));
    thread_start(thread);
}

TEST(preemption, interrupts_the_reset_of_a_large_untyped, "Scheduling")
{
    volatile seL4_Word ticks = 0;
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 21);
    seL4_SlotPos page = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_ARM_LargePageObject, 0, MY_CNODE, 0, 0, page, 1));
    OK(seL4_CNode_Delete(AT(page)));
    start_ticker(&ticks);
    seL4_Word before = ticks;
    OK(seL4_Untyped_Retype(untyped, seL4_ARM_LargePageObject, 0, MY_CNODE, 0, 0, page, 1));
    CHECK(ticks - before >= 2);
    CHECK(!is_empty(page));
}

TEST(preemption, interrupts_a_revoke_of_many_capabilities, "Scheduling")
{
    volatile seL4_Word ticks = 0;
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr cnode = make_cnode(RADIX);

    for (seL4_Word i = 0; i < COUNT; i++) {
        OK(seL4_CNode_Copy(cnode, i, RADIX, AT(endpoint), seL4_AllRights));
    }
    start_ticker(&ticks);
    seL4_Word before = ticks;
    OK(seL4_CNode_Revoke(AT(endpoint)));
    CHECK(ticks - before >= 2);
    for (seL4_Word i = 0; i < COUNT; i++) {
        CHECK(is_empty_in(cnode, i, RADIX));
    }
}

TEST(preemption, interrupts_the_deletion_of_a_full_cnode, "Scheduling")
{
    volatile seL4_Word ticks = 0;
    seL4_CPtr cnode = make_cnode(RADIX);
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, RADIX + seL4_EndpointBits);

    for (seL4_Word i = 0; i < COUNT; i += 256) {
        OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, cnode, 0, 0, i, 256));
    }
    start_ticker(&ticks);
    seL4_Word before = ticks;
    OK(seL4_CNode_Delete(AT(cnode)));
    CHECK(ticks - before >= 2);
    CHECK(is_empty(cnode));
    CHECK_EQ(bytes_left(untyped), COUNT << seL4_EndpointBits);
}

/* Revokes an untyped as soon as it runs. */
static void revoke(void *arg)
{
    OK(seL4_CNode_Revoke(AT(*(seL4_CPtr *)arg)));
}

TEST(preemption, lets_another_thread_do_the_same_revoke, "Deletion and Revocation")
{
    volatile seL4_Word ticks = 0;
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr cnode = make_cnode(RADIX);

    for (seL4_Word i = 0; i < COUNT; i++) {
        OK(seL4_CNode_Copy(cnode, i, RADIX, AT(endpoint), seL4_AllRights));
    }
    struct thread *other = thread_make(revoke, &endpoint, TEST_PRIORITY);
    start_ticker(&ticks);
    /* Of equal priority, it goes on where the other was interrupted, or after it. */
    thread_start(other);
    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, MY_CONTEXT, 100, 100, 0, 0,
                                        seL4_SchedContext_NoFlag));
    OK(seL4_CNode_Revoke(AT(endpoint)));
    seL4_Yield();
    settle();
    for (seL4_Word i = 0; i < COUNT; i++) {
        CHECK(is_empty_in(cnode, i, RADIX));
    }
}
