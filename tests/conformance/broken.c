/*
 * Tests that end badly, each in its own way. They are run only when named ("broken/"), to
 * show that no test takes the run down; run.sh knows the verdicts.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/assert.h>

#include "conformance.h"

TEST(broken, fails_a_check, "none")
{
    CHECK_EQ(1 + 1, 3);
}

TEST(broken, is_refused, "none")
{
    OK(seL4_TCB_Suspend(MY_CNODE));
}

TEST(broken, is_not_refused, "none")
{
    REFUSED(seL4_TCB_SetTLSBase(make(seL4_TCBObject), 0), seL4_RangeError);
}

TEST(broken, expects_other_words, "none")
{
    REFUSED_WITH(seL4_CNode_Delete(MY_CNODE, 0, 65), seL4_RangeError, 1, 63);
}

TEST(broken, panics, "none")
{
    sk_assert(FIRST_FREE_SLOT == 0);
}

TEST(broken, reads_from_nowhere, "none")
{
    volatile uintptr_t nowhere = 8;

    CHECK_EQ(*(volatile seL4_Word *)nowhere, 0);
}

TEST(broken, executes_an_undefined_instruction, "none")
{
    __builtin_trap();
}

TEST(broken, receives_on_nothing, "none")
{
    seL4_Wait(FIRST_FREE_SLOT, NULL);
}

TEST(broken, waits_for_ever, "none")
{
    seL4_Wait(make(seL4_NotificationObject), NULL);
}

TEST(broken, spins_for_ever, "none")
{
    for (volatile bool is_stuck = true; is_stuck;) {
    }
}

TEST(broken, suspends_itself, "none")
{
    OK(seL4_TCB_Suspend(MY_TCB));
}

TEST(broken, loses_the_way_to_the_supervisor, "none")
{
    OK(seL4_CNode_Delete(MY_CNODE, SUPERVISOR, 64));
}

TEST(broken, uses_up_its_slots, "none")
{
    for (;;) {
        slot();
    }
}

static void fail_elsewhere(void *arg)
{
    (void)arg;
    CHECK_EQ(1 + 1, 3);
}

TEST(broken, fails_in_another_thread, "none")
{
    thread_run(fail_elsewhere, NULL, TEST_PRIORITY - 1);
    settle();
}

static void fault_elsewhere(void *arg)
{
    *(volatile int *)arg = 0;
}

TEST(broken, faults_in_another_thread, "none")
{
    thread_run(fault_elsewhere, (void *)0x10, TEST_PRIORITY + 1);
}

static void spin_elsewhere(void *arg)
{
    (void)arg;
    broken_spins_for_ever();
}

TEST(broken, spins_in_a_thread_of_high_priority, "none")
{
    thread_run(spin_elsewhere, NULL, TEST_MCP);
}
