/*
 * Processes are started from an ELF file in memory, with arguments, environment and grants, and
 * their parent is told how each of them ended.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/cap/notification.h>
#include <selkie/cap/owned.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>
#include <selkie/task/process.h>

#include "child/grants.h"
#include "images.h"

static struct sk_parent parent;
static struct sk_grant grants[child_grant_count];
static sk_owned_object questions;
static sk_owned_object ready;

static void print_end(const struct sk_process *p)
{
    char line[SK_PROCESS_LINE + 32];

    sk_process_print_end(p, line, sizeof(line));
    sk_puts(line);
}

static sk_err spawn(struct sk_process *p, const struct sk_process_options *options)
{
    return sk_process_spawn(&parent, p, child_image, CHILD_SIZE, options);
}

/* Start a child with one argument or two, at a priority below ours. */
static void start(struct sk_process *p, const char *name, const char *what, const char *which)
{
    const char *const argv[] = {"child", what, which, NULL};

    sk_assert(spawn(p, &(struct sk_process_options){.name = name,
                                                    .argv = argv,
                                                    .priority = 100,
                                                    .grants = grants,
                                                    .grant_count = child_grant_count}) ==
              SK_OK);
}

static void run(const char *what, const char *which)
{
    struct sk_process p;

    start(&p, what, what, which);
    sk_process_wait(&p);
    print_end(&p);
    sk_process_reap(&p);
}

static void look(void)
{
    const char *const argv[] = {"child", "look", "", NULL};
    const char *const envp[] = {"MOOD=good", "X=", NULL};
    struct sk_process p;

    sk_assert(spawn(&p, &(struct sk_process_options){.argv = argv,
                                                     .envp = envp,
                                                     .priority = 100,
                                                     .grants = grants,
                                                     .grant_count = child_grant_count,
                                                     .random = {3, 4}}) == SK_OK);
    sk_process_wait(&p);
    print_end(&p);
    sk_process_reap(&p);
}

/* The child asks by one of its grants, and is answered. */
static void ask(void)
{
    SK_AUTO(sk_caller) caller = {0};
    struct sk_process p;
    seL4_Word word;

    sk_assert(sk_caller_make(sk_boot_source(), &caller) == SK_OK);
    start(&p, "asker", "ask", NULL);
    (void)sk_notification_wait((sk_notification){sk_owned_object_cptr(&ready)});

    sk_reader in = sk_reader_receive((sk_endpoint){sk_owned_object_cptr(&questions)}, &caller);
    sk_assert(in.badge == 77 && sk_reader_word(&in, &word) == SK_OK && word == 20);
    sk_builder out = sk_reader_answer(&in, 0);
    sk_builder_word(&out, word + 1);
    sk_builder_answer(&out, &caller);
    sk_process_wait(&p);
    print_end(&p);
    sk_process_reap(&p);
}

/* Grants that are not as the child wants them. */
static void refuse(void)
{
    struct sk_grant wrong[child_grant_count] = {grants[0], grants[1]};
    struct sk_process_options options = {
        .name = "picky", .priority = 100, .grants = wrong, .grant_count = 1};
    struct sk_process p;

    sk_assert(spawn(&p, &options) == SK_OK);
    sk_process_wait(&p);
    print_end(&p);
    sk_process_reap(&p);

    wrong[0].kind = "tcb";
    options.grant_count = 2;
    sk_assert(spawn(&p, &options) == SK_OK);
    sk_process_wait(&p);
    print_end(&p);
    sk_process_reap(&p);
}

/* Two grants of one name are told apart by their kinds; of the same kind, the first counts. */
static void grant_twice(void)
{
    const char *const argv[] = {"child", "exit", "5", NULL};
    struct sk_grant twins[child_grant_count + 2] = {grants[1], grants[0], grants[1], grants[1]};
    struct sk_process p;

    twins[0].name = grants[0].name;
    sk_assert(spawn(&p, &(struct sk_process_options){.name = "twins",
                                                     .argv = argv,
                                                     .priority = 100,
                                                     .grants = twins,
                                                     .grant_count = child_grant_count + 2}) ==
              SK_OK);
    sk_process_wait(&p);
    print_end(&p);
    sk_process_reap(&p);
}

/* What is wrong with the options is found before anything is taken. */
static void make_mistakes(seL4_CPtr empty)
{
    static char long_text[9000];
    const char *const long_argv[] = {long_text, NULL};
    struct sk_grant none = grants[0];
    struct sk_process p;

    memset(long_text, 'x', sizeof(long_text) - 1);
    none.cptr = seL4_CapNull;
    sk_assert(sk_process_spawn(&parent, &p, child_image, 63, &(struct sk_process_options){0}) ==
              SK_ERR_INVALID_ARGUMENT);
    sk_assert(p.problem == SK_ELF_NO_HEADER);
    sk_process_reap(&p);
    sk_assert(spawn(&p, &(struct sk_process_options){.argv = long_argv}) == SK_ERR_RANGE);
    sk_assert(spawn(&p, &(struct sk_process_options){.cnode_bits = 1,
                                                     .grants = grants,
                                                     .grant_count = 1}) == SK_ERR_RANGE);
    sk_assert(spawn(&p, &(struct sk_process_options){.cnode_bits = 60}) == SK_ERR_RANGE);
    sk_assert(spawn(&p, &(struct sk_process_options){.stack_size = SIZE_MAX}) == SK_ERR_RANGE);
    sk_assert(spawn(&p, &(struct sk_process_options){.stack_size = SIZE_MAX - 8191}) ==
              SK_ERR_INVALID_ARGUMENT);
    sk_assert(p.problem == SK_ELF_NO_ROOM);
    sk_assert(spawn(&p, &(struct sk_process_options){.priority = 256}) == SK_ERR_RANGE);
    sk_assert(spawn(&p, &(struct sk_process_options){.grants = &none, .grant_count = 1}) ==
              SK_ERR_INVALID_CAPABILITY);
    none.cptr = empty;
    sk_assert(spawn(&p, &(struct sk_process_options){.grants = &none, .grant_count = 1}) ==
              SK_ERR_INVALID_CAPABILITY);
    if (SK_CFG_KERNEL_MCS) {
        sk_assert(spawn(&p, &(struct sk_process_options){.budget_us = 20, .period_us = 10}) ==
                  SK_ERR_INVALID_ARGUMENT);
    }
    sk_assert(sk_parent_wait(&parent) == NULL);
}

/* Several at once: their ends come in the order in which they end, and each once. */
static void run_many(void)
{
    static struct sk_process p[3]; /* the parent gives back what is left of them */
    struct sk_process *next;

    start(&p[0], "spinner", "spin", NULL);
    start(&p[1], "reader", "read", "8");
    start(&p[2], "leaver", "exit", "21");
    sk_process_wait(&p[2]);
    print_end(&p[2]);
    print_end(&p[0]);
    while (p[0].end.how == SK_PROCESS_RUNS && (next = sk_parent_wait(&parent)) != NULL) {
        sk_assert(next == &p[1]);
        print_end(next);
        sk_process_kill(&p[0]);
    }
    sk_assert(sk_parent_wait(&parent) == NULL);
    print_end(&p[0]);
    sk_process_reap(&p[1]);
    sk_process_reap(&p[1]);
}

SK_ROOT_TASK(bi)
{
    struct sk_source *source = sk_boot_source();

    sk_assert(sk_parent_init(&parent, source) == SK_OK);
    sk_assert(sk_owned_object_make(source, SK_BLUEPRINT(Endpoint), &questions) == SK_OK);
    sk_assert(sk_owned_object_make(source, SK_BLUEPRINT(Notification), &ready) == SK_OK);
    child_grants_list(&(struct child_grants){.questions = {sk_owned_object_cptr(&questions)},
                                             .ready = {sk_owned_object_cptr(&ready)}},
                      grants);
    grants[0].badge = 77;
    grants[0].rights = SK_WRITE | SK_GRANT_REPLY;
    look();
    ask();
    run("exit", "77");
    run("panic", NULL);
    run("trap", NULL);
    run("babble", NULL);
    refuse();
    grant_twice();
    make_mistakes(bi->empty.start);
    run_many();
    sk_parent_fini(&parent);
    sk_puts("done");
    return 0;
}
