/*
 * The floating-point registers: each thread has its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "sched_help.h"
#include "vspace_help.h"

static void fpu_write(seL4_Word value)
{
    /* The callee-saved register d8, and the upper half of v16. */
    __asm__ volatile("fmov d8, %0\n\tfmov v16.d[1], %0" : : "r"(value) : "v8", "v16");
}

static seL4_Word fpu_read_low(void)
{
    seL4_Word value;

    __asm__ volatile("fmov %0, d8" : "=r"(value));
    return value;
}

static seL4_Word fpu_read_high(void)
{
    seL4_Word value;

    __asm__ volatile("fmov %0, v16.d[1]" : "=r"(value));
    return value;
}

static void status_write(seL4_Word value)
{
    __asm__ volatile("msr fpsr, %0" : : "r"(value));
}

static seL4_Word status_read(void)
{
    seL4_Word value;

    __asm__ volatile("mrs %0, fpsr" : "=r"(value));
    return value;
}

/* What a thread found in the registers, and then put there. */
struct visitor {
    seL4_Word found_low;
    seL4_Word found_high;
    seL4_Word found_status;
    seL4_Word left;
};

static void visit(void *arg)
{
    struct visitor *self = arg;

    self->found_low = fpu_read_low();
    self->found_high = fpu_read_high();
    self->found_status = status_read();
    fpu_write(self->left);
    status_write(0);
}

TEST(fpu, keeps_its_registers_while_others_use_it, "Threads")
{
    struct visitor visitor = {.left = 2};

    fpu_write(1);
    thread_run(visit, &visitor, TEST_PRIORITY + 1);
    CHECK_EQ(fpu_read_low(), 1);
    CHECK_EQ(fpu_read_high(), 1);
}

TEST(fpu, keeps_its_status_while_others_use_it, "Threads")
{
    struct visitor visitor = {0};

    status_write(1);
    thread_run(visit, &visitor, TEST_PRIORITY + 1);
    CHECK_EQ(status_read(), 1);
}

TEST(fpu, shows_a_new_thread_nothing_of_others, "Threads")
{
    struct visitor visitor = {.found_low = 3, .found_high = 3, .found_status = 3};

    fpu_write(1);
    status_write(1);
    thread_run(visit, &visitor, TEST_PRIORITY + 1);
    CHECK_EQ(visitor.found_low, 0);
    CHECK_EQ(visitor.found_high, 0);
    CHECK_EQ(visitor.found_status, 0);
}

static void visit_for_ever(void *arg)
{
    struct visitor *self = arg;

    for (;;) {
        fpu_write(self->left);
        seL4_Yield();
        if (fpu_read_low() != self->left || fpu_read_high() != self->left) {
            fail(__FILE__, __LINE__, "another thread's registers");
        }
        self->found_low++;
    }
}

TEST(fpu, belongs_to_each_of_several_threads, "Threads")
{
    struct visitor visitors[3] = {{.left = 1}, {.left = 2}, {.left = 3}};

    for (int i = 0; i < 3; i++) {
        thread_run(visit_for_ever, &visitors[i], TEST_PRIORITY);
    }
    for (int i = 0; i < 5; i++) {
        seL4_Yield();
    }
    for (int i = 0; i < 3; i++) {
        CHECK(visitors[i].found_low >= 3);
    }
}

static void serve(void *arg)
{
    const struct actor *self = arg;

    seL4_Recv(self->endpoint, NULL, self->reply);
    fpu_write(7);
    seL4_ReplyRecv(self->endpoint, seL4_MessageInfo_new(0, 0, 0, 0), NULL, self->reply);
    CHECK_EQ(fpu_read_low(), 7);
    act_once(arg);
    seL4_ReplyRecv(self->endpoint, seL4_MessageInfo_new(0, 0, 0, 0), NULL, self->reply);
}

TEST(fpu, belongs_to_each_end_of_a_call, "Calling and Replying")
{
    struct trace trace = {0};
    struct actor actor = {.trace = &trace,
                          .letter = 'a',
                          .endpoint = make(seL4_EndpointObject),
                          .reply = make(seL4_ReplyObject)};

    passive_run(serve, &actor, TEST_PRIORITY + 1);
    fpu_write(1);
    seL4_Call(actor.endpoint, seL4_MessageInfo_new(0, 0, 0, 0));
    CHECK_EQ(fpu_read_low(), 1);
    fpu_write(2);
    seL4_Call(actor.endpoint, seL4_MessageInfo_new(0, 0, 0, 0));
    CHECK_EQ(fpu_read_low(), 2);
    CHECK_TRACE(&trace, "a");
}

static void use_fpu(void *arg)
{
    (void)arg;
    fpu_write(1);
}

static seL4_Word fault_with_flags(seL4_Word clear, seL4_Word set)
{
    struct thread *thread = thread_make(use_fpu, NULL, TEST_PRIORITY + 1);
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_Word badge = 0;

    OK(seL4_TCB_SetSpace(thread->tcb, badged(endpoint, 1), MY_CNODE, 0, MY_VSPACE, 0));
    OK(seL4_TCB_SetFlags(thread->tcb, 0, set).error);
    OK(seL4_TCB_SetFlags(thread->tcb, clear, 0).error);
    thread_start(thread);
    seL4_MessageInfo_t info = seL4_NBRecv(endpoint, &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, thread->is_done ? 0 : 1);
    return thread->is_done ? seL4_Fault_NullFault : seL4_MessageInfo_get_label(info);
}

TEST(fpu, faults_where_a_flag_disables_it, "seL4_TCB_SetFlags")
{
    CHECK_EQ(fault_with_flags(0, seL4_TCBFlag_fpuDisabled), seL4_Fault_UserException);
}

TEST(fpu, works_again_without_the_flag, "seL4_TCB_SetFlags")
{
    CHECK_EQ(fault_with_flags(seL4_TCBFlag_fpuDisabled, seL4_TCBFlag_fpuDisabled),
             seL4_Fault_NullFault);
}

TEST(fpu, of_others_is_kept_from_a_thread_that_may_not_use_it, "seL4_TCB_SetFlags")
{
    fpu_write(1);
    CHECK_EQ(fault_with_flags(0, seL4_TCBFlag_fpuDisabled), seL4_Fault_UserException);
    CHECK_EQ(fpu_read_low(), 1);
}

/* Writes registers, waits for a signal, and looks at them. */
struct sleeper {
    seL4_CPtr notification;
    seL4_Word found_low;
    seL4_Word found_high;
};

static void sleep_with_registers(void *arg)
{
    struct sleeper *self = arg;

    fpu_write(5);
    seL4_Wait(self->notification, NULL);
    self->found_low = fpu_read_low();
    self->found_high = fpu_read_high();
}

TEST(fpu, faults_where_a_flag_disables_it_after_use, "seL4_TCB_SetFlags")
{
    struct sleeper sleeper = {.notification = make(seL4_NotificationObject)};
    struct thread *thread = thread_run(sleep_with_registers, &sleeper, TEST_PRIORITY + 1);
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_Word badge = 0;

    OK(seL4_TCB_SetSpace(thread->tcb, badged(endpoint, 1), MY_CNODE, 0, MY_VSPACE, 0));
    OK(seL4_TCB_SetFlags(thread->tcb, 0, seL4_TCBFlag_fpuDisabled).error);
    seL4_Signal(sleeper.notification);
    seL4_MessageInfo_t info = seL4_NBRecv(endpoint, &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 1);
    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_Fault_UserException);
}

TEST(fpu, keeps_its_registers_while_a_flag_disables_it, "seL4_TCB_SetFlags")
{
    struct sleeper sleeper = {.notification = make(seL4_NotificationObject)};
    struct thread *thread = thread_run(sleep_with_registers, &sleeper, TEST_PRIORITY + 1);

    OK(seL4_TCB_SetFlags(thread->tcb, 0, seL4_TCBFlag_fpuDisabled).error);
    OK(seL4_TCB_SetFlags(thread->tcb, seL4_TCBFlag_fpuDisabled, 0).error);
    fpu_write(1);
    seL4_Signal(sleeper.notification);
    CHECK_EQ(sleeper.found_low, 5);
    CHECK_EQ(sleeper.found_high, 5);
}
