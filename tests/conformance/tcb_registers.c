/*
 * seL4_TCB_ReadRegisters, WriteRegisters and CopyRegisters, SetTLSBase and SetFlags.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/thread.h>

#include "conformance.h"

#define ALL SK_ARCH_REGISTER_COUNT

/* Registers that each hold a number of their own, in the order of the structure. */
static seL4_UserContext numbered(void)
{
    seL4_UserContext registers;
    seL4_Word *words = (seL4_Word *)&registers;

    for (size_t i = 0; i < ALL; i++) {
        words[i] = 0x1000 + 8 * i;
    }
    return registers;
}

static void check_equal(const seL4_UserContext *a, const seL4_UserContext *b, size_t from,
                        size_t to)
{
    const seL4_Word *x = (const seL4_Word *)a;
    const seL4_Word *y = (const seL4_Word *)b;
    const size_t spsr = offsetof(seL4_UserContext, spsr) / sizeof(seL4_Word);

    for (size_t i = from; i < to; i++) {
        if (i != spsr) {
            CHECK_EQ(x[i], y[i]);
        }
    }
}

TEST(tcb_write_registers, sets_what_is_read_back,
     "Message Layout of the Read-/Write-Registers Methods")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_UserContext written = numbered();
    seL4_UserContext read = {0};

    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, ALL, &written));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, ALL, &read));
    check_equal(&read, &written, 0, ALL);
}

TEST(tcb_write_registers, sets_only_as_many_as_asked,
     "Message Layout of the Read-/Write-Registers Methods")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_UserContext written = numbered();
    seL4_UserContext zero = {0};
    seL4_UserContext read;

    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, 10, &written));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, ALL, &read));
    check_equal(&read, &written, 0, 10);
    check_equal(&read, &zero, 10, ALL);
}

TEST(tcb_write_registers, keeps_user_mode_whatever_spsr_says,
     "Message Layout of the Read-/Write-Registers Methods")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_UserContext written = {.spsr = (seL4_Word)-1};
    seL4_UserContext read;

    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, ALL, &written));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, ALL, &read));
    CHECK_EQ(read.spsr & 0xf, 0);
}

TEST(tcb_write_registers, keeps_the_condition_flags,
     "Message Layout of the Read-/Write-Registers Methods")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_UserContext written = {.spsr = 0xa0000000};
    seL4_UserContext read;

    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, ALL, &written));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, ALL, &read));
    CHECK_EQ(read.spsr & 0xf0000000, 0xa0000000);
}

TEST(tcb_write_registers, refuses_the_current_thread, "seL4_TCB_WriteRegisters")
{
    seL4_UserContext registers = numbered();

    REFUSED(seL4_TCB_WriteRegisters(MY_TCB, 0, 0, 1, &registers), seL4_IllegalOperation);
}

TEST(tcb_write_registers, does_not_resume_unless_told, "Thread Creation")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_UserContext registers = numbered();

    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, ALL, &registers));
    settle();
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, 1, &registers));
    CHECK_EQ(registers.pc, 0x1000);
}

TEST(tcb_write_registers, accepts_no_registers, "seL4_TCB_WriteRegisters")
{
    seL4_UserContext registers = {0};

    OK(seL4_TCB_WriteRegisters(make(seL4_TCBObject), 0, 0, 0, &registers));
}

/* The message that comes then is lost: it overwrote the system call's arguments. */
static void recv_until_refused(void *arg)
{
    seL4_CPtr *caps = arg;

    seL4_Recv(caps[0], NULL, caps[1]);
}

TEST(tcb_write_registers, makes_a_waiting_thread_repeat_its_system_call, "Thread Creation")
{
    seL4_CPtr caps[] = {make(seL4_EndpointObject), make(seL4_ReplyObject)};
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct thread *thread = thread_make(recv_until_refused, caps, TEST_PRIORITY + 1);
    seL4_UserContext registers = {0};

    OK(seL4_TCB_SetSpace(thread->tcb, handler, MY_CNODE, 0, MY_VSPACE, 0));
    thread_start(thread);
    OK(seL4_TCB_WriteRegisters(thread->tcb, 0, 0, 0, &registers));
    seL4_NBSend(caps[0], seL4_MessageInfo_new(0, 0, 0, 0));
    seL4_MessageInfo_t info = seL4_NBRecv(handler, NULL, make(seL4_ReplyObject));
    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_Fault_CapFault);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), 0); /* the badge of the message that it got */
}

TEST(tcb_write_registers, refuses_other_objects, "seL4_TCB_WriteRegisters")
{
    seL4_UserContext registers = {0};

    REFUSED(seL4_TCB_WriteRegisters(MY_CNODE, 0, 0, 1, &registers), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_WriteRegisters(slot(), 0, 0, 1, &registers), seL4_InvalidCapability,
                 0);
}

TEST(tcb_write_registers, refuses_fewer_words_than_it_counts, "Truncated Message")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetMR(0, 0);
    seL4_SetMR(1, 5);
    REFUSED(invoke(tcb, TCBWriteRegisters, 0, 6), seL4_TruncatedMessage);
}

TEST(tcb_write_registers, refuses_a_message_without_a_count, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBWriteRegisters, 0, 1), seL4_TruncatedMessage);
}

TEST(tcb_read_registers, gives_zeros_for_a_new_thread, "Thread Creation")
{
    seL4_UserContext zero = {0};
    seL4_UserContext read = numbered();

    OK(seL4_TCB_ReadRegisters(make(seL4_TCBObject), 0, 0, ALL, &read));
    check_equal(&read, &zero, 0, ALL);
}

TEST(tcb_read_registers, refuses_the_current_thread, "seL4_TCB_ReadRegisters")
{
    seL4_UserContext registers;

    REFUSED(seL4_TCB_ReadRegisters(MY_TCB, 0, 0, ALL, &registers), seL4_IllegalOperation);
}

TEST(tcb_read_registers, refuses_to_read_none, "seL4_TCB_ReadRegisters")
{
    seL4_UserContext registers;

    REFUSED_WITH(seL4_TCB_ReadRegisters(make(seL4_TCBObject), 0, 0, 0, &registers),
                 seL4_RangeError, 1, ALL);
}

TEST(tcb_read_registers, refuses_to_read_more_than_there_are, "seL4_TCB_ReadRegisters")
{
    seL4_UserContext registers;

    CHECK_EQ(ALL, 36);
    REFUSED_WITH(seL4_TCB_ReadRegisters(make(seL4_TCBObject), 0, 0, 37, &registers),
                 seL4_RangeError, 1, 36);
}

TEST(tcb_read_registers, refuses_other_objects, "seL4_TCB_ReadRegisters")
{
    seL4_UserContext registers;

    REFUSED(seL4_TCB_ReadRegisters(MY_CNODE, 0, 0, 1, &registers), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_ReadRegisters(slot(), 0, 0, 1, &registers), seL4_InvalidCapability,
                 0);
}

TEST(tcb_read_registers, refuses_a_message_without_a_count, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBReadRegisters, 0, 1), seL4_TruncatedMessage);
}

static void count(void *arg)
{
    for (;;) {
        ++*(volatile seL4_Word *)arg;
        seL4_Yield();
    }
}

TEST(tcb_read_registers, lets_the_thread_run_on, "seL4_TCB_ReadRegisters")
{
    volatile seL4_Word counter = 0;
    seL4_UserContext registers;
    struct thread *thread = thread_run(count, (void *)&counter, TEST_PRIORITY);

    seL4_Yield();
    OK(seL4_TCB_ReadRegisters(thread->tcb, 0, 0, ALL, &registers));
    seL4_Word before = counter;
    seL4_Yield();
    CHECK(counter > before);
}

TEST(tcb_read_registers, suspends_the_thread_if_told, "seL4_TCB_ReadRegisters")
{
    volatile seL4_Word counter = 0;
    seL4_UserContext registers;
    struct thread *thread = thread_run(count, (void *)&counter, TEST_PRIORITY);

    seL4_Yield();
    OK(seL4_TCB_ReadRegisters(thread->tcb, 1, 0, ALL, &registers));
    seL4_Word before = counter;
    seL4_Yield();
    CHECK_EQ(counter, before);
}

/* Copy registers from a thread that has numbered ones to a new one, and read these. */
static void copy(bool frame, bool integer, seL4_UserContext *ret_read)
{
    seL4_CPtr from = make(seL4_TCBObject);
    seL4_CPtr to = make(seL4_TCBObject);
    seL4_UserContext registers = numbered();

    OK(seL4_TCB_WriteRegisters(from, 0, 0, ALL, &registers));
    OK(seL4_TCB_CopyRegisters(to, from, 0, 0, frame, integer, 0));
    OK(seL4_TCB_ReadRegisters(to, 0, 0, ALL, ret_read));
}

TEST(tcb_copy_registers, copies_all, "seL4_TCB_CopyRegisters")
{
    seL4_UserContext expected = numbered();
    seL4_UserContext read;

    copy(true, true, &read);
    check_equal(&read, &expected, 0, ALL);
}

TEST(tcb_copy_registers, can_copy_the_frame_registers_only, "seL4_TCB_CopyRegisters")
{
    seL4_UserContext expected = numbered();
    seL4_UserContext zero = {0};
    seL4_UserContext read;
    const size_t frame = offsetof(seL4_UserContext, x9) / sizeof(seL4_Word);

    copy(true, false, &read);
    check_equal(&read, &expected, 0, frame);
    check_equal(&read, &zero, frame, ALL);
}

TEST(tcb_copy_registers, can_copy_the_integer_registers_only, "seL4_TCB_CopyRegisters")
{
    seL4_UserContext expected = numbered();
    seL4_UserContext zero = {0};
    seL4_UserContext read;
    const size_t frame = offsetof(seL4_UserContext, x9) / sizeof(seL4_Word);

    copy(false, true, &read);
    check_equal(&read, &zero, 0, frame);
    check_equal(&read, &expected, frame, ALL);
}

TEST(tcb_copy_registers, takes_the_thread_pointers_as_integer_registers,
     "seL4_TCB_CopyRegisters")
{
    seL4_UserContext expected = numbered();
    seL4_UserContext read;

    copy(false, true, &read);
    check_equal(&read, &expected, ALL - 2, ALL);
}

TEST(tcb_copy_registers, suspends_the_source_if_told, "seL4_TCB_CopyRegisters")
{
    volatile seL4_Word counter = 0;
    struct thread *thread = thread_run(count, (void *)&counter, TEST_PRIORITY);

    seL4_Yield();
    OK(seL4_TCB_CopyRegisters(make(seL4_TCBObject), thread->tcb, 1, 0, 0, 0, 0));
    seL4_Word before = counter;
    seL4_Yield();
    CHECK_EQ(counter, before);
}

TEST(tcb_copy_registers, resumes_the_destination_if_told, "seL4_TCB_CopyRegisters")
{
    volatile seL4_Word counter = 0;
    struct thread *thread = thread_run(count, (void *)&counter, TEST_PRIORITY);

    seL4_Yield();
    OK(seL4_TCB_Suspend(thread->tcb));
    seL4_Word before = counter;
    OK(seL4_TCB_CopyRegisters(thread->tcb, make(seL4_TCBObject), 0, 1, 0, 0, 0));
    seL4_Yield();
    CHECK(counter > before);
}

TEST(tcb_copy_registers, refuses_a_source_that_is_no_tcb, "seL4_TCB_CopyRegisters")
{
    REFUSED_WITH(seL4_TCB_CopyRegisters(make(seL4_TCBObject), MY_CNODE, 0, 0, 1, 1, 0),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_copy_registers, refuses_a_source_that_is_empty, "seL4_TCB_CopyRegisters")
{
    REFUSED_WITH(seL4_TCB_CopyRegisters(make(seL4_TCBObject), slot(), 0, 0, 1, 1, 0),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_copy_registers, refuses_other_objects, "seL4_TCB_CopyRegisters")
{
    REFUSED(seL4_TCB_CopyRegisters(MY_CNODE, MY_TCB, 0, 0, 1, 1, 0), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_CopyRegisters(slot(), MY_TCB, 0, 0, 1, 1, 0), seL4_InvalidCapability,
                 0);
}

TEST(tcb_copy_registers, refuses_a_message_without_a_source, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBCopyRegisters, 0, 1), seL4_TruncatedMessage);
}

TEST(tcb_set_tls_base, sets_the_thread_pointer, "seL4_TCB_SetTLSBase")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_UserContext read;

    OK(seL4_TCB_SetTLSBase(tcb, 0x12345678));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, ALL, &read));
    CHECK_EQ(read.tpidr_el0, 0x12345678);
}

TEST(tcb_set_tls_base, refuses_other_objects, "seL4_TCB_SetTLSBase")
{
    REFUSED(seL4_TCB_SetTLSBase(MY_CNODE, 0), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_SetTLSBase(slot(), 0), seL4_InvalidCapability, 0);
}

TEST(tcb_set_tls_base, refuses_a_message_without_a_word, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBSetTLSBase, 0, 0), seL4_TruncatedMessage);
}

TEST(tcb_set_flags, finds_no_flag_set_in_a_new_thread, "seL4_TCB_SetFlags")
{
    seL4_TCB_SetFlags_t result = seL4_TCB_SetFlags(make(seL4_TCBObject), 0, 0);

    OK(result.error);
    CHECK_EQ(result.flags, seL4_TCBFlag_NoFlag);
}

TEST(tcb_set_flags, sets_a_flag, "seL4_TCB_SetFlags")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    CHECK_EQ(seL4_TCB_SetFlags(tcb, 0, seL4_TCBFlag_fpuDisabled).flags,
             seL4_TCBFlag_fpuDisabled);
    CHECK_EQ(seL4_TCB_SetFlags(tcb, 0, 0).flags, seL4_TCBFlag_fpuDisabled);
}

TEST(tcb_set_flags, clears_a_flag, "seL4_TCB_SetFlags")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    OK(seL4_TCB_SetFlags(tcb, 0, seL4_TCBFlag_fpuDisabled).error);
    CHECK_EQ(seL4_TCB_SetFlags(tcb, seL4_TCBFlag_fpuDisabled, 0).flags, 0);
}

TEST(tcb_set_flags, sets_a_flag_that_is_both_cleared_and_set, "seL4_TCB_SetFlags")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    CHECK_EQ(seL4_TCB_SetFlags(tcb, seL4_TCBFlag_fpuDisabled, seL4_TCBFlag_fpuDisabled).flags,
             seL4_TCBFlag_fpuDisabled);
}

TEST(tcb_set_flags, ignores_unknown_flags, "seL4_TCB_SetFlags")
{
    CHECK_EQ(seL4_TCB_SetFlags(make(seL4_TCBObject), 0, ~(seL4_Word)seL4_TCBFlag_MASK).flags,
             0);
}

TEST(tcb_set_flags, refuses_other_objects, "seL4_TCB_SetFlags")
{
    REFUSED(seL4_TCB_SetFlags(MY_CNODE, 0, 0).error, seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_SetFlags(slot(), 0, 0).error, seL4_InvalidCapability, 0);
}

TEST(tcb_set_flags, refuses_a_message_of_one_word, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBSetFlags, 0, 1), seL4_TruncatedMessage);
}
