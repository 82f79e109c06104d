/*
 * A supervisor starts again what has failed, later each time, and gives up what fails too often
 * and says who it was and why. A sibling that is in the middle of a call does not notice.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/cap/notification.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/task/supervisor.h>

#include "../process/child/grants.h"
#include "../process/images.h"

static struct sk_parent parent;
static struct sk_supervisor supervisor;
static struct sk_grant grants[child_grant_count];
static uint64_t now_us;

static uint64_t clock(void *arg)
{
    return *(uint64_t *)arg;
}

static void pause(void *arg, uint64_t until_us)
{
    *(uint64_t *)arg = until_us;
}

static void report(void *arg, const struct sk_ward *ward)
{
    static const char *const states[] = {
        [SK_WARD_WAITS] = "again", [SK_WARD_DONE] = "done", [SK_WARD_GIVEN_UP] = "given up"};
    char line[SK_PROCESS_LINE + 32];

    sk_process_print_end(&ward->process, line, sizeof(line));
    sk_printf("%lu: %s: %s", (unsigned long)clock(arg),
              ward->error == SK_OK ? line : "no start", states[ward->state]);
    if (ward->state == SK_WARD_WAITS) {
        sk_printf(" at %lu", (unsigned long)ward->due_us);
    }
    sk_puts("");
}

static const char *const crasher_argv[] = {"child", "read", "10", NULL};
static const char *const leaver_argv[] = {"child", "exit", "7", NULL};
static const char *const worker_argv[] = {"child", "exit", NULL};
static const char *const asker_argv[] = {"child", "ask", NULL};

static struct sk_ward ward(const char *name, const char *const argv[],
                           struct sk_restart_policy policy)
{
    return (struct sk_ward){
        .elf = child_image,
        .elf_size = CHILD_SIZE,
        .options = {.name = name,
                    .argv = argv,
                    .priority = 100,
                    .grants = grants,
                    .grant_count = child_grant_count},
        .policy = policy,
    };
}

static sk_endpoint prepare(struct sk_source *source)
{
    sk_slots slots;

    sk_assert(source->take_slots(source, 2, &slots) == SK_OK);
    sk_assert(source->make_object(source, SK_BLUEPRINT(Endpoint), slots.first) == SK_OK);
    sk_assert(source->make_object(source, SK_BLUEPRINT(Notification), sk_slots_get(slots, 1)) ==
              SK_OK);
    child_grants_list(&(struct child_grants){.questions = {sk_slot_cptr(slots.first)},
                                             .ready = {sk_slot_cptr(sk_slots_get(slots, 1))}},
                      grants);
    return (sk_endpoint){sk_slot_cptr(slots.first)};
}

/* The sibling has asked, before all the others failed: answer it now. */
static void answer(sk_endpoint questions)
{
    SK_AUTO(sk_caller) caller = {0};
    seL4_Word word;

    sk_assert(sk_caller_make(sk_boot_source(), &caller) == SK_OK);
    sk_reader in = sk_reader_receive(questions, &caller);
    sk_assert(sk_reader_word(&in, &word) == SK_OK && word == 20);
    sk_builder out = sk_reader_answer(&in, 0);
    sk_builder_word(&out, 0);
    sk_builder_answer(&out, &caller);
}

/* What fails at its first start is not taken on. */
static void refuse(void)
{
    static struct sk_ward broken;

    broken = ward("broken", worker_argv, (struct sk_restart_policy){0});
    broken.elf_size = 64;
    sk_assert(sk_supervisor_add(&supervisor, &broken) == SK_ERR_INVALID_ARGUMENT);
    sk_assert(broken.process.problem == SK_ELF_TABLE && broken.state == SK_WARD_NEW);
}

/* A restart that fails, for its file has changed, is a failure like others. */
static void fail_to_restart(void)
{
    static struct sk_ward fragile;

    now_us = 1000;
    fragile = ward("fragile", leaver_argv,
                   (struct sk_restart_policy){.limit = 2, .window_us = 1000, .delay_us = 5});
    sk_assert(sk_supervisor_add(&supervisor, &fragile) == SK_OK);
    fragile.elf_size = 64;
    while (sk_supervisor_step(&supervisor)) {
    }
    sk_assert(fragile.state == SK_WARD_GIVEN_UP && fragile.error == SK_ERR_INVALID_ARGUMENT);
}

SK_ROOT_TASK(bi)
{
    static struct sk_ward crasher;
    static struct sk_ward leaver;
    static struct sk_ward worker;
    static struct sk_ward asker;
    sk_endpoint questions = prepare(sk_boot_source());

    sk_assert(sk_parent_init(&parent, sk_boot_source()) == SK_OK);
    sk_supervisor_init(&supervisor, &parent,
                       &(struct sk_supervisor_hooks){clock, pause, report, &now_us});
    refuse();
    asker = ward("asker", asker_argv, (struct sk_restart_policy){0});
    sk_assert(sk_supervisor_add(&supervisor, &asker) == SK_OK);
    (void)sk_notification_wait((sk_notification){grants[1].cptr});

    crasher = ward("crasher", crasher_argv,
                   (struct sk_restart_policy){
                       .limit = 4, .window_us = 1000, .delay_us = 10, .max_delay_us = 30});
    sk_assert(sk_supervisor_add(&supervisor, &crasher) == SK_OK);
    while (crasher.state != SK_WARD_GIVEN_UP) {
        sk_assert(sk_supervisor_step(&supervisor));
    }

    leaver = ward("leaver", leaver_argv,
                  (struct sk_restart_policy){.limit = 2, .window_us = 1000, .delay_us = 5});
    sk_assert(sk_supervisor_add(&supervisor, &leaver) == SK_OK);
    worker = ward("worker", worker_argv, (struct sk_restart_policy){.limit = 9});
    sk_assert(sk_supervisor_add(&supervisor, &worker) == SK_OK);
    while (leaver.state != SK_WARD_GIVEN_UP) {
        sk_assert(sk_supervisor_step(&supervisor));
    }
    sk_assert(worker.state == SK_WARD_DONE && asker.state == SK_WARD_RUNS);
    answer(questions);
    while (sk_supervisor_step(&supervisor)) {
    }
    sk_assert(asker.state == SK_WARD_DONE);

    asker.options.argv = crasher_argv;
    sk_supervisor_stop(&supervisor, &asker);
    sk_supervisor_stop(&supervisor, &asker);
    sk_assert(asker.state == SK_WARD_STOPPED && !sk_supervisor_step(&supervisor));
    sk_assert(sk_supervisor_add(&supervisor, &asker) == SK_OK);
    sk_supervisor_stop(&supervisor, &asker);
    fail_to_restart();
    sk_assert(sk_parent_wait(&parent) == NULL);
    sk_puts("all is told");
    return 0;
}
