/*
 * The environment: what the program was started with.
 *
 * A program is linked for one environment, and nothing in its code says which:
 *
 *   root       the first task, started by the kernel. The default.
 *   task       a task that another one spawned. It starts with a stack, at whose top are
 *              arguments, environment and auxiliary vector, as System V's ABI has them; the
 *              vector's seL4 entries (<sel4runtime/auxv.h>) say where the IPC buffer is and
 *              which capabilities the task has.
 *   microkit   a domain of a Microkit system: the IPC buffer is the last page of user memory,
 *              and the numbers of capabilities are Microkit's. Without the thread-ipc folders.
 *
 * What a task was not told is zero here.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/slot.h>
#include <selkie/cap/source.h>

struct sk_env {
    seL4_BootInfo *boot_info; /* of a root task; NULL elsewhere */
    sk_tcb tcb;               /* the first thread's */
    sk_cnode cnode;
    sk_vspace vspace;
    sk_sched_control sched_control; /* of the first core; MCS only */
    sk_asid_pool asid_pool;         /* for new address spaces */
    sk_endpoint parent;             /* of a spawned task: see selkie/rt/parent.h */
    unsigned cnode_bits;            /* log2 of the slots of cnode */
    sk_slots empty;                 /* of a spawned task's cnode, for its own use */
    struct sk_source *source;       /* where objects come from unless the caller says */
    uintptr_t stack;                /* the first thread's, without the guard; 0: unknown */
    size_t stack_size;
};

/* Tell the environment. Always the same, but for what sk_env_set_source() changed. */
void sk_env_get(struct sk_env *ret_env);

/*
 * The source that rt takes objects from from now on: threads' and the growable heap's. A root
 * task starts with sk_boot_source(), other programs with none. To be called before a second
 * thread runs.
 */
void sk_env_set_source(struct sk_source *source);
