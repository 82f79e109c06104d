/*
 * Processes that do all the harm they can with all that they can be given: their parent and
 * their siblings go on, and everything comes back.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/task/process.h>

#include "../process/images.h"

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_parent parent;
static sk_owned_object server;

static void start(struct sk_process *p, const char *deed, seL4_Word priority)
{
    const char *const argv[] = {"child", deed, NULL};
    const sk_endpoint endpoint = {sk_owned_object_cptr(&server)};
    const struct sk_grant grants[] = {
        SK_GRANT("server", endpoint, .badge = 1, .rights = SK_WRITE)};

    sk_assert(sk_process_spawn(&parent, p, child_image, CHILD_SIZE,
                               &(struct sk_process_options){.name = deed,
                                                            .argv = argv,
                                                            .priority = priority,
                                                            .grants = grants,
                                                            .grant_count = 1,
                                                            .untyped_bits = 18,
                                                            .cnode_bits = 9,
                                                            .gives = SK_GIVE_PARENTHOOD}) ==
              SK_OK);
}

/* Only when a villain can do no more does its sibling run. */
static void run(const char *deed)
{
    char line[SK_PROCESS_LINE + 32];
    struct sk_process villain;
    struct sk_process sibling;

    start(&sibling, NULL, 50);
    start(&villain, deed, 100);
    sk_process_wait(&sibling);
    sk_assert(sibling.end.how == SK_PROCESS_EXITED && sibling.end.status == 8);
    sk_process_reap(&sibling);
    if (villain.end.how == SK_PROCESS_RUNS) {
        sk_printf("we hear no more of: ");
        sk_process_kill(&villain);
    }
    sk_process_print_end(&villain, line, sizeof(line));
    sk_puts(line);
    sk_process_reap(&villain);
}

SK_ROOT_TASK(bi)
{
    static const char *const deeds[] = {
        "fill slots",    "fill memory", "fill asids", "forge",      "forge fault",
        "forge refusal", "exit twice",  "suspend",    "delete all", "rise",
        "hide",          "lose space",  "forget",     "listen",     "listen to server",
    };
    struct sk_manager_stats before;
    struct sk_manager_stats after;

    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(&manager.source);
    sk_assert(sk_owned_object_make(&manager.source, SK_BLUEPRINT(Endpoint), &server) == SK_OK);
    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    sk_manager_stats(&manager, &before);
    for (size_t n = 0; n < sizeof(deeds) / sizeof(deeds[0]); n++) {
        run(deeds[n]);
        sk_manager_stats(&manager, &after);
        sk_assert(after.free_bytes == before.free_bytes &&
                  after.free_slots == before.free_slots);
    }
    sk_parent_fini(&parent);
    sk_owned_object_drop(&server);
    sk_manager_fini(&manager);
    sk_puts("all is back");
    return 0;
}
