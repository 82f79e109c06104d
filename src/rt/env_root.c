/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/env.h>

#include <selkie/rt/boot_source.h>
#include <selkie/rt/stack.h>

#include "start.h"

static struct sk_source *chosen; /* NULL: the boot source */

void sk_env_get(struct sk_env *ret_env)
{
    *ret_env = (struct sk_env){
        .boot_info = sk_boot_info,
        .tcb = {seL4_CapInitThreadTCB},
        .cnode = {seL4_CapInitThreadCNode},
        .vspace = {seL4_CapInitThreadVSpace},
        .sched_control = {sk_boot_sched_control(sk_boot_info)},
        .asid_pool = {seL4_CapInitThreadASIDPool},
        .cnode_bits = (unsigned)sk_boot_info->initThreadCNodeSizeBits,
        .source = chosen != NULL ? chosen : sk_boot_source(),
        .stack = (uintptr_t)sk_root_stack + SK_STACK_GUARD_SIZE,
        .stack_size = sk_root_stack_size - SK_STACK_GUARD_SIZE,
    };
}

void sk_env_set_source(struct sk_source *source)
{
    chosen = source;
}
