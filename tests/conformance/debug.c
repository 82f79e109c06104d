/*
 * Debug calls, in configurations that have them; elsewhere they are unknown system calls.
 * DebugHalt is left out, which halts.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/config.h>

#include "machine_help.h"
#include "vspace_help.h"

/* The numbers are fixed, also where the calls are missing. */
enum debug_call {
    PUT_CHAR = -12,
    DUMP_SCHEDULER = -13,
    CAP_IDENTIFY = -15,
    NAME_THREAD = -17,
};

static seL4_Word identify(seL4_CPtr cap)
{
    if (!SK_CFG_DEBUG_BUILD) {
        skip("the kernel has no debug calls");
    }
    return raw_system_call(CAP_IDENTIFY, cap);
}

struct call {
    enum debug_call number;
    seL4_Word argument;
};

static void make_call(void *arg)
{
    const struct call *call = arg;

    (void)raw_system_call(call->number, call->argument);
}

/* A call's fault where it is configured out, and none where it is there. */
static void expect_unless(bool is_configured, enum debug_call number, seL4_Word argument)
{
    struct call call = {number, argument};
    seL4_Word fault = fault_of(make_call, &call);

    CHECK_EQ(fault, is_configured ? seL4_Fault_NullFault : seL4_Fault_UnknownSyscall);
    if (!is_configured) {
        CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_Syscall), (seL4_Word)number);
    }
}

TEST(debug_cap_identify, is_0_for_an_empty_slot, "Debugging System Calls")
{
    CHECK_EQ(identify(slot()), 0);
}

TEST(debug_cap_identify, is_0_for_an_address_beyond_the_cspace, "Debugging System Calls")
{
    CHECK_EQ(identify(~0ul), 0);
}

TEST(debug_cap_identify, is_not_0_for_a_capability, "Debugging System Calls")
{
    CHECK(identify(MY_TCB) != 0);
}

TEST(debug_cap_identify, is_the_same_for_objects_of_a_kind, "Debugging System Calls")
{
    CHECK_EQ(identify(make(seL4_EndpointObject)), identify(make(seL4_EndpointObject)));
}

TEST(debug_cap_identify, differs_between_kinds_of_objects, "Debugging System Calls")
{
    static const seL4_Word types[] = {
        seL4_TCBObject,   seL4_EndpointObject,      seL4_NotificationObject,
        seL4_ReplyObject, seL4_ARM_PageTableObject, seL4_ARM_VSpaceObject,
    };
    seL4_Word numbers[sizeof(types) / sizeof(types[0])];

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        numbers[i] = identify(make(types[i]));
        for (size_t j = 0; j < i; j++) {
            CHECK(numbers[i] != numbers[j]);
        }
    }
}

TEST(debug_cap_identify, is_the_same_for_pages_of_all_sizes, "Debugging System Calls")
{
    CHECK_EQ(identify(make(seL4_ARM_SmallPageObject)),
             identify(make(seL4_ARM_LargePageObject)));
}

TEST(debug_cap_identify, knows_each_kind_by_a_number, "Debugging System Calls")
{
    static const struct {
        seL4_CPtr cap;
        seL4_Word number;
    } known[] = {
        {UNTYPED, 2},   {MY_CNODE, 10},     {MY_TCB, 12},        {IRQ_CONTROL, 14},
        {DOMAIN, 20},   {MY_CONTEXT, 22},   {SCHED_CONTROL, 24}, {MY_IPC_BUFFER, 1},
        {MY_VSPACE, 9}, {ASID_CONTROL, 11}, {ASID_POOL, 13},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        CHECK_EQ(identify(known[i].cap), known[i].number);
    }
}

TEST(debug_calls, identify_where_configured, "Debugging System Calls")
{
    expect_unless(SK_CFG_DEBUG_BUILD, CAP_IDENTIFY, MY_TCB);
}

TEST(debug_calls, print_a_character_where_configured, "Debugging System Calls")
{
    expect_unless(SK_CFG_PRINTING, PUT_CHAR, '\n');
}

TEST(debug_calls, dump_the_scheduler_where_configured, "Debugging System Calls")
{
    expect_unless(SK_CFG_PRINTING, DUMP_SCHEDULER, 0);
}

static void name_thread(void *arg)
{
    seL4_SetMR(0, 0x656d616e); /* "name" */
    (void)raw_system_call(NAME_THREAD, (seL4_Word)arg);
}

TEST(debug_calls, name_a_thread_where_configured, "Debugging System Calls")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    CHECK_EQ(fault_of(name_thread, (void *)tcb),
             SK_CFG_DEBUG_BUILD ? seL4_Fault_NullFault : seL4_Fault_UnknownSyscall);
}
