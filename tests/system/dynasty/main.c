/*
 * Three generations below the root task: each has its memory from the one before, and when one
 * ends, all below it end with it and everything comes back.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/cap/notification.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/task/process.h>

#include "../process/images.h"

#define SLOT_BITS 10

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_parent parent;

/* The untyped memory comes with the options, the notification is handed over. */
static void start(struct sk_process *p, const char *what, sk_notification ready,
                  unsigned untyped_bits)
{
    const struct sk_grant grants[] = {SK_GRANT("ready", ready)};
    const char *const argv[] = {"child", what, NULL};

    sk_assert(sk_process_spawn(&parent, p, child_image, CHILD_SIZE,
                               &(struct sk_process_options){.name = what,
                                                            .argv = argv,
                                                            .priority = 100,
                                                            .grants = grants,
                                                            .grant_count = 1,
                                                            .untyped_bits = untyped_bits,
                                                            .cnode_bits = SLOT_BITS,
                                                            .gives = SK_GIVE_PARENTHOOD}) ==
              SK_OK);
}

static void end(struct sk_process *p)
{
    char line[SK_PROCESS_LINE + 32];

    sk_process_reap(p);
    sk_process_print_end(p, line, sizeof(line));
    sk_puts(line);
}

static void check_same(const struct sk_manager_stats *before)
{
    struct sk_manager_stats after;

    sk_manager_stats(&manager, &after);
    sk_assert(after.free_bytes == before->free_bytes && after.free_slots == before->free_slots);
}

SK_ROOT_TASK(bi)
{
    SK_AUTO(sk_owned_object) ready = {0};
    struct sk_manager_stats before;
    struct sk_process p;

    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(&manager.source);
    sk_assert(sk_owned_object_make(&manager.source, SK_BLUEPRINT(Notification), &ready) ==
              SK_OK);
    sk_notification bell = {sk_owned_object_cptr(&ready)};
    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    sk_manager_stats(&manager, &before);

    start(&p, "exit", bell, 21);
    sk_process_wait(&p);
    end(&p);
    check_same(&before);

    /* The third generation rings the bell, and spins. */
    start(&p, "spin", bell, 21);
    (void)sk_notification_wait(bell);
    end(&p);
    check_same(&before);
    sk_parent_fini(&parent);
    sk_puts("all is back");
    return 0;
}
