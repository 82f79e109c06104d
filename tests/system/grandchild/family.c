/* SPDX-License-Identifier: BSD-2-Clause */
#include "family.h"

#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/cap/notification.h>
#include <selkie/rt/env.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "../process/images.h"

#define SLOT_BITS 10

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_parent parent;
static sk_owned_object ready;
static struct sk_manager_stats before;

static sk_notification bell(void)
{
    return (sk_notification){sk_owned_object_cptr(&ready)};
}

void family_open(const seL4_BootInfo *bi)
{
    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(&manager.source);
    sk_assert(sk_owned_object_make(&manager.source, SK_BLUEPRINT(Notification), &ready) ==
              SK_OK);
    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    sk_manager_stats(&manager, &before);
}

void family_close(void)
{
    sk_parent_fini(&parent);
    sk_owned_object_drop(&ready);
}

/* The untyped memory comes with the options, the notification is handed over. */
void family_start(struct sk_process *p, const char *what, unsigned untyped_bits)
{
    const struct sk_grant grants[] = {SK_GRANT("ready", bell())};
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

void family_wait_for_bell(void)
{
    (void)sk_notification_wait(bell());
}

void family_end(struct sk_process *p)
{
    char line[SK_PROCESS_LINE + 32];
    struct sk_manager_stats after;

    sk_process_reap(p);
    sk_process_print_end(p, line, sizeof(line));
    sk_puts(line);
    sk_manager_stats(&manager, &after);
    sk_assert(after.free_bytes == before.free_bytes && after.free_slots == before.free_slots);
}
