/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "core/delete.h"
#include "core/sched.h"
#include "play.h"

#define EP     1000ull
#define BADGED 1001ull
#define REPLY  1002ull
#define SERVER 1010ull

/* A server that waits in EP; we are back in the first thread, with a badged capability. */
static struct tcb *start_server(struct kernel *k, bool is_passive)
{
    struct tcb *root = k->current;
    struct tcb *server;

    play_make(k, seL4_EndpointObject, 0, EP);
    play_make(k, seL4_ReplyObject, 0, REPLY);
    assert_int_equal(play_copy(k, EP, BADGED, RIGHTS_ALL, 42), seL4_NoError);
    play_thread(k, SERVER, 255, false);
    server = cap_object(play_slot(k, SERVER)->cap);
    sk_host_advance(k, UINT32_MAX);
    assert_ptr_equal(k->current, server);
    play_receive(k, EP, REPLY);
    assert_ptr_equal(k->current, root);
    assert_int_equal(server->state, THREAD_ON_RECEIVE);
    if (is_passive) {
        assert_int_equal(
            play_call(k, SERVER + 1, (struct message){.label = SchedContextUnbind}).label,
            seL4_NoError);
    }
    return server;
}

static void a_call_is_answered(struct kernel *k, bool is_passive)
{
    struct tcb *root = k->current;
    struct tcb *server = start_server(k, is_passive);
    struct sched_context *sc = root->sched_context;
    struct played p =
        play_call(k, BADGED, (struct message){.label = 7, .length = 2, .words = {11, 12}});

    assert_ptr_equal(k->current, server);
    assert_int_equal(p.label, 7);
    assert_int_equal(p.badge, 42);
    assert_int_equal(play_word(k, 1), 12);
    assert_int_equal(root->state, THREAD_ON_REPLY);
    assert_ptr_equal(is_passive ? server->sched_context : root->sched_context, sc);
    play_reply_receive(k, EP, REPLY, (struct message){.label = 8, .length = 1, .words = {13}});
    assert_ptr_equal(k->current, root);
    assert_int_equal(play_word(k, 0), 13);
    assert_ptr_equal(root->sched_context, sc);
    assert_int_equal(server->state, THREAD_ON_RECEIVE);
}

static void an_active_server_answers(void **state)
{
    a_call_is_answered(*state, false);
}

static void a_passive_server_answers_in_its_callers_time(void **state)
{
    a_call_is_answered(*state, true);
}

static void deleting_the_reply_object_returns_the_context(void **state)
{
    struct kernel *k = *state;
    struct tcb *root = k->current;
    struct sched_context *sc = root->sched_context;
    struct tcb *server = start_server(k, true);

    (void)play_call(k, BADGED, (struct message){0});
    assert_ptr_equal(k->current, server);
    assert_ptr_equal(server->sched_context, sc);
    assert_true(sk_kdelete(k, play_slot(k, REPLY)));
    assert_ptr_equal(root->sched_context, sc);
    assert_null(server->sched_context);
    assert_int_equal(root->state, THREAD_INACTIVE);
}

static void a_send_waits_for_a_receiver(void **state)
{
    struct kernel *k = *state;
    struct tcb *root = k->current;

    play_make(k, seL4_EndpointObject, 0, EP);
    play_send(k, EP, (struct message){.label = 1});
    assert_int_equal(root->state, THREAD_ON_SEND);
    assert_null(k->current);
}

static void sending_without_the_right_is_an_error(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_EndpointObject, 0, EP);
    (void)play_copy(k, EP, EP + 1, RIGHT_READ, 0);
    assert_int_equal(play_call(k, EP + 1, (struct message){0}).label, seL4_InvalidCapability);
}

static void deleting_an_endpoint_restarts_who_waits(void **state)
{
    struct kernel *k = *state;
    struct tcb *server = start_server(k, false);

    assert_int_equal(play_delete(k, BADGED), seL4_NoError);
    assert_int_equal(server->state, THREAD_ON_RECEIVE);
    assert_int_equal(play_delete(k, EP), seL4_NoError);
    assert_int_equal(server->state, THREAD_RESTART);
    assert_null(((struct reply *)cap_object(play_slot(k, REPLY)->cap))->tcb);
}

static void a_fault_without_a_handler_is_told(void **state)
{
    struct kernel *k = *state;
    struct tcb *root = k->current;

    sk_host_syscall(k, 99);
    assert_int_equal(root->state, THREAD_INACTIVE);
    assert_non_null(strstr(k->machine.console, "unknown syscall 0x63"));
}

static void signals_add_up(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_NotificationObject, 0, EP);
    (void)play_copy(k, EP, EP + 1, RIGHTS_ALL, 0x10);
    (void)play_copy(k, EP, EP + 2, RIGHTS_ALL, 0x21);
    play_send(k, EP + 1, (struct message){0});
    play_send(k, EP + 2, (struct message){0});
    k->current->context.x[0] = EP;
    sk_host_syscall(k, seL4_SysWait);
    assert_int_equal(k->current->context.x[0], 0x31);
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(an_active_server_answers),
        WITH_KERNEL(a_passive_server_answers_in_its_callers_time),
        WITH_KERNEL(deleting_the_reply_object_returns_the_context),
        WITH_KERNEL(a_send_waits_for_a_receiver),
        WITH_KERNEL(sending_without_the_right_is_an_error),
        WITH_KERNEL(deleting_an_endpoint_restarts_who_waits),
        WITH_KERNEL(a_fault_without_a_handler_is_told),
        WITH_KERNEL(signals_add_up),
    };

    return cmocka_run_group_tests_name("kernel/endpoint", tests, NULL, NULL);
}
