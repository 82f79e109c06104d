/*
 * A program with more pages than a row of slots is long, twice; and all comes back.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
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

static void run(void)
{
    struct sk_process p;

    sk_assert(sk_process_spawn(&parent, &p, child_image, CHILD_SIZE,
                               &(struct sk_process_options){.priority = 100}) == SK_OK);
    sk_process_wait(&p);
    sk_assert(p.end.how == SK_PROCESS_EXITED && p.end.status == 20);
    sk_assert(p.needs.pages > (seL4_Word)1 << SK_SLOT_BLOCK_BITS);
    sk_process_reap(&p);
}

SK_ROOT_TASK(bi)
{
    struct sk_manager_stats before, after;

    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){
                                       .memory = memory,
                                       .is_two_level = true,
                                   }) == SK_OK);
    sk_env_set_source(&manager.source);
    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    sk_manager_stats(&manager, &before);
    run();
    run();
    sk_manager_stats(&manager, &after);
    sk_assert(after.free_bytes == before.free_bytes && after.free_slots == before.free_slots);
    sk_puts("a program of 20 MiB ran twice, and nothing is missing");
    return 0;
}
