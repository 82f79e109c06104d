/*
 * A process whose child has children: it hands on what it was given, as its parent does.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/rt/env.h>
#include <selkie/rt/panic.h>
#include <selkie/task/process.h>

#include "../../grandchild/child/grants.h"
#include "../../process/images.h"

SK_GRANTS_WANTED(parent, PARENT_GRANTS)

#define SLOT_BITS 10

int main(int argc, char **argv);

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY_FOR(SLOT_BITS)];
static struct sk_manager manager;
static struct sk_parent parent;

static sk_err manage(void)
{
    struct sk_env env;
    size_t count;
    const struct sk_granted *granted = sk_grants(&count);

    sk_env_get(&env);
    const struct sk_manager_means means = {
        .slots = env.empty,
        .node = sk_node_whole(env.cnode_bits),
        .root = sk_slot_at(env.cnode, env.cnode.cptr),
        .untyped = sk_slot_at(env.cnode, granted[0].cptr),
        .bits = (unsigned)granted[0].size_bits,
        .vspace = env.vspace,
    };
    SK_TRY(sk_manager_init(
        &manager, &means,
        &(struct sk_manager_options){.memory = memory, .memory_size = sizeof(memory)}));
    sk_env_set_source(&manager.source);
    return SK_OK;
}

int main(int argc, char **argv)
{
    const struct sk_grant grants[] = {SK_GRANT("ready", parent_grants_get().ready)};
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    struct sk_process p;

    sk_assert(argc == 2 && manage() == SK_OK);
    sk_manager_stats(&manager, &before);
    sk_assert(sk_parent_init(&parent, NULL) == SK_OK);
    sk_assert(sk_process_spawn(&parent, &p, child_image, CHILD_SIZE,
                               &(struct sk_process_options){
                                   .argv = (const char *const[]){"child", argv[1], NULL},
                                   .priority = 100,
                                   .grants = grants,
                                   .grant_count = 1,
                                   .untyped_bits = 20,
                                   .cnode_bits = SLOT_BITS,
                                   .gives = SK_GIVE_PARENTHOOD}) == SK_OK);
    sk_process_wait(&p);
    sk_process_reap(&p);
    sk_parent_fini(&parent);
    sk_manager_stats(&manager, &after);
    sk_assert(before.free_bytes == after.free_bytes && before.free_slots == after.free_slots);
    return p.end.how == SK_PROCESS_EXITED ? p.end.status + 1 : 1;
}
