/*
 * Threads of the kernel as pthreads: real stubs, real thread-locals, one runs at a time.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>

#include "check.h"
#include "core/kernel.h"
#include "host_kernel.h"

#define BUFFER 0x30000ul

/* What a server thread needs; the test waits for it, so that its own stack will do. */
struct server {
    seL4_CPtr endpoint;
    seL4_CPtr reply;
    seL4_CPtr done;
    seL4_Word requests;
};

static __thread seL4_Word calls_seen;

static void add_one(seL4_Word argument)
{
    struct server *s = (struct server *)argument;
    seL4_Word badge;
    seL4_MessageInfo_t info = seL4_Recv(s->endpoint, &badge, s->reply);

    for (;;) {
        calls_seen++;
        s->requests = calls_seen;
        seL4_SetMR(0, seL4_GetMR(0) + 1);
        seL4_SetMR(5, seL4_GetMR(5) + badge);
        info = seL4_ReplyRecv(s->endpoint, info, &badge, s->reply);
    }
}

static void a_call_is_answered_by_another_pthread(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct server s = {.endpoint = host_kernel_make(&k, seL4_EndpointObject, 0),
                       .reply = host_kernel_make(&k, seL4_ReplyObject, 0)};
    seL4_CPtr badged = k.next_slot++;

    (void)state;
    host_kernel_thread(&k, add_one, (seL4_Word)&s, 100, BUFFER, 0);
    assert_int_equal(
        seL4_CNode_Mint(k.cnode, badged, 64, k.cnode, s.endpoint, 64, seL4_AllRights, 7),
        seL4_NoError);
    for (seL4_Word n = 0; n < 50; n++) {
        seL4_MessageInfo_t info;

        seL4_SetMR(0, n);
        seL4_SetMR(5, 2 * n);
        info = seL4_Call(badged, seL4_MessageInfo_new(0, 0, 0, 6));
        assert_int_equal(seL4_MessageInfo_get_length(info), 6);
        assert_int_equal(seL4_GetMR(0), n + 1);
        assert_int_equal(seL4_GetMR(5), 2 * n + 7);
    }
    assert_int_equal(s.requests, 50);
    assert_int_equal(calls_seen, 0); /* thread-local: ours was not touched */
}

static void signal_and_return(seL4_Word notification)
{
    seL4_Signal(notification);
}

static void a_thread_whose_function_returns_faults_at_zero(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr done = host_kernel_make(&k, seL4_NotificationObject, 0);
    seL4_CPtr faults = host_kernel_make(&k, seL4_EndpointObject, 0);
    seL4_CPtr reply = host_kernel_make(&k, seL4_ReplyObject, 0);
    seL4_MessageInfo_t info;
    seL4_Word badge;

    (void)state;
    host_kernel_thread(&k, signal_and_return, done, 100, BUFFER, faults);
    seL4_Wait(done, &badge);
    info = seL4_Recv(faults, &badge, reply);
    assert_int_equal(seL4_MessageInfo_get_label(info), seL4_Fault_VMFault);
    assert_int_equal(seL4_GetMR(seL4_VMFault_IP), 0);
    assert_int_equal(seL4_GetMR(seL4_VMFault_PrefetchFault), 1);
}

static void wait_for_ever(seL4_Word endpoint)
{
    seL4_Wait(endpoint, NULL);
}

static void a_thread_with_new_registers_starts_anew(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr done = host_kernel_make(&k, seL4_NotificationObject, 0);
    seL4_CPtr endpoint = host_kernel_make(&k, seL4_EndpointObject, 0);
    seL4_CPtr tcb = host_kernel_thread(&k, wait_for_ever, endpoint, 255, BUFFER, 0);
    seL4_UserContext context = {.pc = (seL4_Word)signal_and_return, .x0 = done};
    seL4_Word badge;

    (void)state;
    seL4_Yield();
    assert_int_equal(seL4_TCB_WriteRegisters(tcb, 1, 0, 36, &context), seL4_NoError);
    seL4_Wait(done, &badge);
}

static void a_resumed_thread_makes_its_system_call_again(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr done = host_kernel_make(&k, seL4_NotificationObject, 0);
    seL4_CPtr endpoint = host_kernel_make(&k, seL4_EndpointObject, 0);
    seL4_CPtr reply = host_kernel_make(&k, seL4_ReplyObject, 0);
    struct server s = {.endpoint = endpoint, .reply = reply, .done = done};
    seL4_CPtr tcb = host_kernel_thread(&k, add_one, (seL4_Word)&s, 255, BUFFER, 0);

    (void)state;
    seL4_Yield(); /* it waits on the endpoint */
    assert_int_equal(seL4_TCB_Suspend(tcb), seL4_NoError);
    assert_int_equal(seL4_TCB_Resume(tcb), seL4_NoError);
    seL4_SetMR(0, 41);
    seL4_Call(endpoint, seL4_MessageInfo_new(0, 0, 0, 1));
    assert_int_equal(seL4_GetMR(0), 42);
}

static void a_deleted_threads_place_serves_the_next_one(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr done = host_kernel_make(&k, seL4_NotificationObject, 0);
    seL4_CPtr endpoint = host_kernel_make(&k, seL4_EndpointObject, 0);
    seL4_CPtr all = k.untyped, pool = host_kernel_make(&k, seL4_UntypedObject, 16);
    seL4_Word badge;

    (void)state;
    for (unsigned n = 0; n < 3; n++) {
        k.untyped = pool;
        host_kernel_thread(&k, n == 1 ? signal_and_return : wait_for_ever,
                           n == 1 ? done : endpoint, 255, BUFFER, 0);
        if (n == 1) {
            seL4_Wait(done, &badge);
        }
        seL4_Yield();
        assert_int_equal(seL4_CNode_Revoke(k.cnode, pool, 64), seL4_NoError);
    }
    k.untyped = all;
    assert_int_equal(host_kernel_mapping_count(), 0);
}

static void an_unknown_thread_is_seen_as_nobodys(void **state)
{
    (void)state;
    host_kernel_end();
    assert_null(sk_host_kernel());
}

static int end(void **state)
{
    (void)state;
    host_kernel_end();
    return 0;
}

static seL4_Word played_pc;

/* In the name of a thread whose code is not here: it signals what is in its registers. */
static void play(struct kernel *k)
{
    played_pc = k->current->context.pc;
    sk_host_syscall(k, seL4_SysSend);
}

static void a_thread_that_is_played_needs_no_code(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr done = host_kernel_make(&k, seL4_NotificationObject, 0);
    seL4_UserContext registers = {.pc = 0xbeef0000, .x0 = done};
    seL4_CPtr tcb;

    (void)state;
    sk_host_threads_play(play);
    tcb = host_kernel_thread(&k, NULL, 0, 100, BUFFER, 0);
    assert_int_equal(seL4_TCB_WriteRegisters(tcb, 1, 0, 4, &registers), seL4_NoError);
    seL4_Wait(done, NULL);
    assert_int_equal(played_pc, 0xbeef0000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_answered_by_another_pthread),
        cmocka_unit_test(a_thread_whose_function_returns_faults_at_zero),
        cmocka_unit_test(a_thread_with_new_registers_starts_anew),
        cmocka_unit_test(a_resumed_thread_makes_its_system_call_again),
        cmocka_unit_test(a_deleted_threads_place_serves_the_next_one),
        cmocka_unit_test(a_thread_that_is_played_needs_no_code),
        cmocka_unit_test(an_unknown_thread_is_seen_as_nobodys),
    };

    return cmocka_run_group_tests_name("host/threads", tests, NULL, end);
}
