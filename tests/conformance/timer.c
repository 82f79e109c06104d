/*
 * The machine's counter and timer in user level: CNTPCT and CNTP where the kernel exports
 * them, and the registers that it does not export. How CNTP interrupts is in irq_handler.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/config.h>

#include "machine_help.h"
#include "vspace_help.h"

static void need_counter(void)
{
    if (!SK_CFG_EXPORT_PCNT_USER) {
        skip("the kernel does not export CNTPCT");
    }
}

static void need_timer(void)
{
    if (!SK_CFG_EXPORT_PCNT_USER || !SK_CFG_EXPORT_PTMR_USER) {
        skip("the kernel does not export CNTP");
    }
}

TEST(counter, has_the_frequency_of_the_configuration, "User Exception")
{
    need_counter();
    CHECK_EQ(counter_frequency(), SK_CFG_TIMER_FREQUENCY);
}

TEST(counter, goes_up, "User Exception")
{
    need_counter();
    uint64_t first = counter_read();

    for (volatile int i = 0; i < 1000; i++) {
    }
    CHECK(counter_read() > first);
}

TEST(counter, goes_on_in_a_system_call, "User Exception")
{
    need_counter();
    uint64_t first = counter_read();

    OK(seL4_TCB_SetTLSBase(make(seL4_TCBObject), 0));
    CHECK(counter_read() > first);
}

static void read_counter(void *arg)
{
    (void)arg;
    (void)counter_read();
}

static void read_virtual_counter(void *arg)
{
    (void)arg;
    (void)virtual_counter_read();
}

static void read_timer(void *arg)
{
    (void)arg;
    (void)cntp_control_read();
}

static void read_virtual_timer(void *arg)
{
    (void)arg;
    (void)cntv_control_read();
}

TEST(counter, can_be_read_if_exported, "User Exception")
{
    CHECK_EQ(fault_of(read_counter, NULL),
             SK_CFG_EXPORT_PCNT_USER ? seL4_Fault_NullFault : seL4_Fault_UserException);
}

TEST(counter, of_the_virtual_kind_cannot_be_read_unless_exported, "User Exception")
{
    CHECK_EQ(fault_of(read_virtual_counter, NULL),
             SK_CFG_EXPORT_VCNT_USER ? seL4_Fault_NullFault : seL4_Fault_UserException);
}

TEST(timer, can_be_read_if_exported, "User Exception")
{
    CHECK_EQ(fault_of(read_timer, NULL),
             SK_CFG_EXPORT_PTMR_USER ? seL4_Fault_NullFault : seL4_Fault_UserException);
}

TEST(timer, of_the_virtual_kind_cannot_be_read_unless_exported, "User Exception")
{
    CHECK_EQ(fault_of(read_virtual_timer, NULL),
             SK_CFG_EXPORT_VTMR_USER ? seL4_Fault_NullFault : seL4_Fault_UserException);
}

TEST(timer, keeps_the_value_to_compare_with, "Interrupt Delivery")
{
    need_timer();
    cntp_compare_write(0x123456789);
    CHECK_EQ(cntp_compare_read(), 0x123456789);
}

TEST(timer, is_pending_when_the_counter_has_passed, "Interrupt Delivery")
{
    need_timer();
    cntp_compare_write(counter_read());
    cntp_control_write(CNTP_ENABLE | CNTP_MASK);
    CHECK_EQ(cntp_control_read(), CNTP_ENABLE | CNTP_MASK | CNTP_PENDING);
    cntp_control_write(0);
}

TEST(timer, is_not_pending_before, "Interrupt Delivery")
{
    need_timer();
    cntp_compare_write(counter_read() + us_to_ticks(1000000));
    cntp_control_write(CNTP_ENABLE | CNTP_MASK);
    CHECK_EQ(cntp_control_read(), CNTP_ENABLE | CNTP_MASK);
    cntp_control_write(0);
}

TEST(timer, can_be_set_by_a_distance, "Interrupt Delivery")
{
    need_timer();
    uint64_t start = counter_read();

    cntp_timer_write(us_to_ticks(1000));
    uint64_t distance = cntp_compare_read() - start;
    CHECK(distance >= us_to_ticks(1000) && distance < us_to_ticks(1100));
}
