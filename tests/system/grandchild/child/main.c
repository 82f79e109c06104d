/*
 * A process that has memory of its own: it manages that, maps pages, starts threads and
 * processes, as a root task does.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>
#include <stdint.h>

#include <selkie/alloc/manager.h>
#include <selkie/rt/env.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/string.h>
#include <selkie/task/closure.h>
#include <selkie/task/process.h>

#include "../../process/child/grants.h"
#include "../../process/images.h"
#include "grants.h"

SK_GRANTS_WANTED(parent, PARENT_GRANTS)

#define SLOT_BITS 10

int main(int argc, char **argv);

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY_FOR(SLOT_BITS)];
static struct sk_manager manager;
static struct sk_parent parent;

/* Manage the untyped that this process was given. */
static sk_err manage(sk_untyped untyped)
{
    struct sk_env env;
    size_t count;
    const struct sk_granted *granted = sk_grants(&count);

    sk_env_get(&env);
    sk_assert(granted[0].cptr == untyped.cptr && env.cnode_bits == SLOT_BITS);
    const struct sk_manager_means means = {
        .slots = env.empty,
        .node = sk_node_whole(env.cnode_bits),
        .root = sk_slot_at(env.cnode, env.cnode.cptr),
        .untyped = sk_slot_at(env.cnode, untyped.cptr),
        .bits = (unsigned)granted[0].size_bits,
        .vspace = env.vspace,
    };
    SK_TRY(sk_manager_init(
        &manager, &means,
        &(struct sk_manager_options){.memory = memory, .memory_size = sizeof(memory)}));
    sk_env_set_source(&manager.source);
    return SK_OK;
}

struct job {
    int *pages;
};

SK_CLOSURE(fill, struct job, job)
{
    memset(job->pages, 1, 5 * 4096);
}

/* Pages of our own, used by a thread of our own. */
static sk_err use_pages(void)
{
    struct sk_source *source = &manager.source;
    struct sk_thread *t;
    uintptr_t pages;

    SK_TRY(source->take_pages(source, 5, &pages));
    SK_TRY(sk_closure_start(fill, ((struct job){(int *)pages}),
                            &(struct sk_thread_options){.priority = 100}, &t));
    sk_thread_join(t, NULL);
    sk_assert(((int *)pages)[5 * 1024 - 1] == 0x01010101);
    source->give_pages(source, pages, 5);
    return SK_OK;
}

/* A child of our own that does this; its end. */
static struct sk_process_end run(const char *what, sk_notification ready)
{
    const char *const argv[] = {"child", what, "8", NULL};
    struct sk_grant grants[child_grant_count];
    struct sk_process p;

    child_grants_list(
        &(struct child_grants){.questions = sk_parent_endpoint(&parent), .ready = ready},
        grants);
    sk_assert(sk_process_spawn(
                  &parent, &p, child_image, CHILD_SIZE,
                  &(struct sk_process_options){.argv = argv,
                                               .priority = 90,
                                               .grants = grants,
                                               .grant_count = child_grant_count}) == SK_OK);
    if (strcmp(what, "spin") == 0) {
        /* Our parent kills us, and finds all that is ours. */
        seL4_Signal(ready.cptr);
        for (;;) {
            seL4_Yield();
        }
    }
    sk_process_wait(&p);
    sk_process_reap(&p);
    return p.end;
}

int main(int argc, char **argv)
{
    struct parent_grants grants = parent_grants_get();
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    struct sk_process_end end;

    sk_assert(argc == 2);
    sk_assert(manage(grants.memory) == SK_OK);
    sk_manager_stats(&manager, &before);
    sk_assert(use_pages() == SK_OK);
    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    end = run("exit", grants.ready);
    sk_assert(end.how == SK_PROCESS_EXITED && end.status == 8);
    end = run("read", grants.ready);
    sk_assert(end.how == SK_PROCESS_FAULTED && end.fault.vm.address == 8);
    (void)run(argv[1], grants.ready);
    sk_parent_fini(&parent);
    sk_manager_stats(&manager, &after);
    sk_assert(before.free_bytes == after.free_bytes && before.free_slots == after.free_slots);
    return 42;
}
