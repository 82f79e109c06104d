/*
 * What starting and ending costs: row n of rows.txt is done COUNT times between the marks 2 * n
 * and 2 * n + 1, after a warm-up.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/arch/rt/mark.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>
#include <selkie/task/process.h>

#define COUNT   1000
#define WARM_UP 20

extern const char minimal_image[];
extern const char minimal_image_end[];

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_parent parent;

static void run_processes(unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        struct sk_process p;

        sk_assert(sk_process_spawn(&parent, &p, minimal_image,
                                   (size_t)(minimal_image_end - minimal_image),
                                   &(struct sk_process_options){.priority = 100}) == SK_OK);
        sk_process_wait(&p);
        sk_assert(p.end.how == SK_PROCESS_EXITED && p.end.status == 0);
        sk_process_reap(&p);
    }
}

static void work(void *arg)
{
    (void)arg;
}

static void run_threads(unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        struct sk_thread *t;

        sk_assert(sk_thread_start(work, NULL, &(struct sk_thread_options){.priority = 100},
                                  &t) == SK_OK);
        sk_thread_join(t, NULL);
    }
}

SK_ROOT_TASK(bi)
{
    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(&manager.source);
    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    run_processes(WARM_UP);
    sk_arch_mark(0);
    run_processes(COUNT);
    sk_arch_mark(1);
    run_threads(WARM_UP);
    sk_arch_mark(2);
    run_threads(COUNT);
    sk_arch_mark(3);
    sk_puts("measured");
    return 0;
}
