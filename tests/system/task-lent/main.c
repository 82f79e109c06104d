/*
 * A process is killed while a passive server works for it, on its time. Until it is reaped, the
 * server goes on with this time; afterwards it stands still, until it gets time of its own.
 * Then it serves the next. One that has time of its own does not notice. All memory comes back.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/cap/caller.h>
#include <selkie/cap/message.h>
#include <selkie/cap/notification.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>
#include <selkie/task/process.h>

#include "../process/child/grants.h"
#include "../process/images.h"
#include "passive.h"

#define SERVER_PRIORITY 150

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_parent parent;
static struct sk_grant grants[child_grant_count];
static sk_endpoint questions;
static sk_notification half_done;
static sk_caller caller;
static volatile unsigned answers;

/* Answers a number with the next one. In the middle of it others may run. */
static void serve(void *arg)
{
    sk_reader in = sk_reader_receive(questions, &caller);

    (void)arg;
    for (;;) {
        seL4_Word word = 0;

        (void)!sk_reader_word(&in, &word);
        sk_notification_signal(half_done);
        answers++;

        sk_builder out = sk_reader_answer(&in, 0);
        sk_builder_word(&out, word + 1);
        in = sk_builder_answer_receive(&out, questions, &caller);
    }
}

/* A process that asks the server. */
static void start(struct sk_process *p)
{
    static const char *const argv[] = {"child", "ask", NULL};

    sk_assert(sk_process_spawn(
                  &parent, p, child_image, CHILD_SIZE,
                  &(struct sk_process_options){.argv = argv,
                                               .priority = 100,
                                               .grants = grants,
                                               .grant_count = child_grant_count}) == SK_OK);
}

static void end(struct sk_process *p)
{
    sk_process_wait(p);
    sk_assert(p->end.how == SK_PROCESS_EXITED && p->end.status == 21);
    sk_process_reap(p);
}

/* The server is in the middle of its work for p, and has less priority than we. */
static void start_and_interrupt(struct sk_process *p)
{
    unsigned before = answers;

    start(p);
    (void)sk_notification_wait(half_done);
    sk_assert(answers == before);
}

/* Another process is served. */
static void ask_again(void)
{
    struct sk_process p;

    start(&p);
    end(&p);
    (void)sk_notification_wait(half_done);
}

static void kill_and_reap_later(void)
{
    struct sk_process p;

    start_and_interrupt(&p);
    sk_process_kill(&p);
    ask_again();
    sk_process_reap(&p);
    ask_again();
}

static void reap_at_once(void)
{
    struct sk_process p;

    start_and_interrupt(&p);
    sk_process_reap(&p);
}

static void make(struct sk_source *source)
{
    sk_slots slots;

    sk_assert(source->take_slots(source, 3, &slots) == SK_OK);
    sk_assert(source->make_object(source, SK_BLUEPRINT(Endpoint), slots.first) == SK_OK);
    questions = (sk_endpoint){sk_slot_cptr(slots.first)};
    for (unsigned n = 1; n < 3; n++) {
        sk_assert(source->make_object(source, SK_BLUEPRINT(Notification),
                                      sk_slots_get(slots, n)) == SK_OK);
    }
    half_done = (sk_notification){sk_slot_cptr(sk_slots_get(slots, 1))};
    sk_assert(sk_caller_make(source, &caller) == SK_OK);
    child_grants_list(&(struct child_grants){.questions = questions,
                                             .ready = {sk_slot_cptr(sk_slots_get(slots, 2))}},
                      grants);
    grants[0].badge = 1;
}

SK_ROOT_TASK(bi)
{
    struct sk_source *source = &manager.source;
    struct sk_manager_stats before, after;
    struct sk_thread *server;

    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(source);
    make(source);
    sk_assert(sk_thread_start(serve, NULL,
                              &(struct sk_thread_options){.priority = SERVER_PRIORITY},
                              &server) == SK_OK);
    sk_assert(sk_parent_init(&parent, source) == SK_OK);
    /* When it has answered once, it waits for the next. */
    sk_builder out = sk_builder_open(0);
    sk_builder_word(&out, 1);
    sk_reader in = sk_builder_call(&out, questions);
    sk_reader_drop(&in);
    (void)sk_notification_wait(half_done);
    sk_manager_stats(&manager, &before);
    reap_at_once();
    ask_again();
    sk_puts("a server with time of its own went on");

    make_passive(server);
    ask_again();
    kill_and_reap_later();
    sk_puts("a passive server went on with the time of one that was killed");
    reap_at_once();
    give_time(server);
    ask_again();
    make_passive(server);
    ask_again();
    sk_puts("a passive server went on with its own time when that was gone");
    sk_manager_stats(&manager, &after);
    sk_assert(after.free_bytes == before.free_bytes && after.free_slots == before.free_slots);
    sk_thread_kill(server);
    sk_puts("done");
    return 0;
}
