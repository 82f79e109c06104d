/*
 * The framework itself: tests get what conformance.h promises.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

TEST(framework, gives_each_test_unused_memory, "Kernel Memory Allocation")
{
    CHECK_EQ(bytes_left(UNTYPED), (seL4_Word)1 << UNTYPED_BITS);
    CHECK_EQ(bytes_left(SPARE_UNTYPED), (seL4_Word)1 << SPARE_UNTYPED_BITS);
}

static void set_flag(void *arg)
{
    *(volatile bool *)arg = true;
}

TEST(framework, runs_other_threads_in_settle, "Threads")
{
    volatile bool is_set = false;
    struct thread *thread = thread_run(set_flag, (void *)&is_set, TEST_PRIORITY - 1);

    CHECK(!is_set);
    settle();
    CHECK(is_set);
    CHECK(thread->is_done);
}

TEST(framework, runs_a_thread_of_higher_priority_at_once, "Threads")
{
    volatile bool is_set = false;

    thread_run(set_flag, (void *)&is_set, TEST_PRIORITY + 1);
    CHECK(is_set);
}

TEST(framework, tells_empty_slots_from_others, "CNode Methods")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    CHECK(!is_empty(endpoint));
    CHECK(is_empty(slot()));
}
