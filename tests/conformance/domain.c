/*
 * Domains: seL4_DomainSet_Set, seL4_DomainSet_ScheduleConfigure and
 * seL4_DomainSet_ScheduleSetStart. Whatever their number, all threads stay in domain 0.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/config.h>

#include "conformance.h"

#define DOMAINS ((seL4_Uint8)SK_CFG_NUM_DOMAINS)
#define ENTRIES SK_CFG_NUM_DOMAIN_SCHEDULES

TEST(domain_set, accepts_domain_0, "seL4_DomainSet_Set")
{
    OK(seL4_DomainSet_Set(DOMAIN, 0, make(seL4_TCBObject)));
}

TEST(domain_set, accepts_the_calling_thread, "seL4_DomainSet_Set")
{
    OK(seL4_DomainSet_Set(DOMAIN, 0, MY_TCB));
}

TEST(domain_set, refuses_a_domain_that_is_not_configured, "seL4_DomainSet_Set")
{
    REFUSED_WITH(seL4_DomainSet_Set(DOMAIN, DOMAINS, make(seL4_TCBObject)),
                 seL4_InvalidArgument, 0);
}

TEST(domain_set, refuses_something_else_than_a_thread, "seL4_DomainSet_Set")
{
    REFUSED_WITH(seL4_DomainSet_Set(DOMAIN, 0, make(seL4_EndpointObject)), seL4_InvalidArgument,
                 1);
}

TEST(domain_set, refuses_an_empty_slot, "seL4_DomainSet_Set")
{
    REFUSED_WITH(seL4_DomainSet_Set(DOMAIN, 0, slot()), seL4_InvalidArgument, 1);
}

TEST(domain_set, refuses_a_message_without_domain, "Truncated Message")
{
    seL4_SetCap(0, MY_TCB);
    REFUSED(invoke(DOMAIN, DomainSetSet, 1, 0), seL4_TruncatedMessage);
}

TEST(domain_set, refuses_a_message_without_thread, "Truncated Message")
{
    seL4_SetMR(0, 0);
    REFUSED(invoke(DOMAIN, DomainSetSet, 0, 1), seL4_TruncatedMessage);
}

TEST(domain_set, is_illegal_for_a_thread, "Illegal Operation")
{
    REFUSED(seL4_DomainSet_Set(MY_TCB, 0, MY_TCB), seL4_IllegalOperation);
}

TEST(domain_set, refuses_an_empty_slot_as_service, "Invalid Capability")
{
    REFUSED_WITH(seL4_DomainSet_Set(slot(), 0, MY_TCB), seL4_InvalidCapability, 0);
}

TEST(domain_set, has_no_other_methods, "Illegal Operation")
{
    REFUSED(invoke(DOMAIN, SchedContextConsumed, 0, 0), seL4_IllegalOperation);
}

TEST(domain_schedule, accepts_the_longest_duration, "seL4_DomainSet_ScheduleConfigure")
{
    /* It is what the kernel starts with. */
    OK(seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, 0, (1ul << 56) - 1));
}

TEST(domain_schedule, keeps_the_last_entry_as_an_end_marker, "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, ENTRIES - 1, 0, 1000000),
                 seL4_RangeError, 0, ENTRIES - 2);
}

TEST(domain_schedule, refuses_an_entry_that_is_not_there, "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, ENTRIES, 0, 1000000), seL4_RangeError,
                 0, ENTRIES - 2);
}

TEST(domain_schedule, refuses_a_domain_that_is_not_configured,
     "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, DOMAINS, 1000000), seL4_RangeError,
                 0, DOMAINS - 1);
}

TEST(domain_schedule, refuses_an_end_marker_as_first_entry, "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, 0, 0), seL4_InvalidArgument, 2);
}

TEST(domain_schedule, refuses_a_duration_beyond_56_bits, "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, 0, 1ul << 56),
                 seL4_InvalidArgument, 2);
}

TEST(domain_schedule, refuses_a_short_message, "Truncated Message")
{
    REFUSED(invoke(DOMAIN, DomainScheduleConfigure, 0, 2), seL4_TruncatedMessage);
}

TEST(domain_schedule, can_start_at_the_first_entry, "seL4_DomainSet_ScheduleSetStart")
{
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 0));
}

TEST(domain_schedule, cannot_start_at_an_end_marker, "seL4_DomainSet_ScheduleSetStart")
{
    REFUSED_WITH(seL4_DomainSet_ScheduleSetStart(DOMAIN, 1), seL4_InvalidArgument, 0);
}

TEST(domain_schedule, cannot_start_at_an_entry_that_is_not_there,
     "seL4_DomainSet_ScheduleSetStart")
{
    REFUSED_WITH(seL4_DomainSet_ScheduleSetStart(DOMAIN, ENTRIES), seL4_RangeError, 0,
                 ENTRIES - 1);
}

TEST(domain_schedule, needs_a_start, "Truncated Message")
{
    REFUSED(invoke(DOMAIN, DomainScheduleSetStart, 0, 0), seL4_TruncatedMessage);
}

TEST(domain_schedule, can_start_at_an_entry_with_a_new_duration,
     "seL4_DomainSet_ScheduleSetStart")
{
    OK(seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, 0, (1ul << 56) - 1));
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 0));
}

TEST(domain_schedule, is_not_configured_through_a_thread, "Illegal Operation")
{
    REFUSED(seL4_DomainSet_ScheduleConfigure(MY_TCB, 0, 0, (1ul << 56) - 1),
            seL4_IllegalOperation);
}

TEST(domain_schedule, is_not_started_through_a_thread, "Illegal Operation")
{
    REFUSED(seL4_DomainSet_ScheduleSetStart(MY_TCB, 0), seL4_IllegalOperation);
}
