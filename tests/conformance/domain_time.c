/*
 * Domains in time: whose turn it is, and for how long. All is skipped where the configuration
 * has one domain.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "domain_help.h"

#define TICKS_PER_MS (TICKS_PER_2_US * 500ull)

TEST(domain_schedule, gives_each_domain_its_turn, "Domains")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, act_once, TEST_PRIORITY, 1);
    wait_until(TURN_0_US - 500);
    CHECK_TRACE(&all.trace, "");
    wait_until(ROUND_US);
    CHECK_TRACE(&all.trace, "a");
    turns_end();
}

TEST(domain_schedule, counts_durations_in_ticks_of_the_timer,
     "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    uint64_t last;
    uint64_t now;

    turns_begin();
    now = counter_read();
    do {
        last = now;
        now = counter_read();
    } while (now - last < TICKS_PER_MS);
    turns_end();
    CHECK(last - turns_start >= us_to_ticks(TURN_0_US - 20));
    CHECK(last - turns_start < us_to_ticks(TURN_0_US + 20));
    CHECK(now - last >= us_to_ticks(TURN_1_US - 20));
    CHECK(now - last < us_to_ticks(TURN_1_US + 20));
}

TEST(domain_schedule, leaves_a_turn_that_nobody_can_use_idle, "Domains")
{
    need_domains();
    turns_begin();
    wait_until(TURN_0_US + 100);
    CHECK(now_us() >= ROUND_US - 20);
    turns_end();
}

TEST(domain_schedule, begins_again_behind_the_last_entry, "Domains")
{
    need_domains();
    turns_begin();
    wait_until(ROUND_US + TURN_0_US + 100);
    CHECK(now_us() >= 2 * ROUND_US - 20);
    CHECK(now_us() < 2 * ROUND_US + 50);
    turns_end();
}

TEST(domain_schedule, begins_again_at_the_start, "seL4_DomainSet_ScheduleSetStart")
{
    need_domains();
    turns_begin();
    entry(3, 0, us_to_ticks(1000));
    entry(4, 1, us_to_ticks(1000));
    turns_start = counter_read();
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 3));
    wait_until(1100);
    CHECK(now_us() >= 1980);
    wait_until(3100);
    seL4_Word us = now_us();
    turns_end();
    CHECK(us >= 3980 && us < 4050);
}

TEST(domain_schedule, starts_at_once, "seL4_DomainSet_ScheduleSetStart")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, act_once, 1, 1);
    entry(2, 0, us_to_ticks(TURN_0_US)); /* or else the test's turn would never come */
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 1));
    seL4_Word us = now_us();
    turns_end();
    CHECK_TRACE(&all.trace, "a");
    CHECK(us >= TURN_1_US - 20 && us < TURN_1_US + 200);
}

TEST(domain_schedule, keeps_the_duration_of_the_turn_that_it_is,
     "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    turns_begin();
    entry(0, 0, us_to_ticks(1000));
    wait_until(1500);
    CHECK(now_us() < 1600);
    wait_until(ROUND_US + 1100);
    seL4_Word us = now_us();
    turns_end();
    CHECK(us >= ROUND_US + 1000 + TURN_1_US - 20);
}

TEST(domain_schedule, ends_early_at_a_new_end_marker, "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    turns_begin();
    entry(1, 0, 0);
    wait_until(TURN_0_US + 500);
    seL4_Word us = now_us();
    turns_end();
    CHECK(us < TURN_0_US + 600);
}

TEST(domain_schedule, refuses_a_domain_without_duration, "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, 1, 1, 0), seL4_InvalidArgument, 1);
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, 1, 0), seL4_InvalidArgument, 1);
}

TEST(domain_schedule, refuses_to_make_its_start_an_end_marker,
     "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    turns_begin();
    entry(3, 0, us_to_ticks(1000));
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 3));
    seL4_Error of_start = seL4_DomainSet_ScheduleConfigure(DOMAIN, 3, 0, 0);
    seL4_Error of_first = seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, 0, 0);
    turns_end();
    REFUSED(of_start, seL4_InvalidArgument);
    OK(of_first);
}
