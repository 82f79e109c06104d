/*
 * Parents: who starts processes, and is told of their ends.
 *
 *     static struct sk_parent parent;
 *
 *     SK_TRY(sk_parent_init(&parent, &manager.source));
 *     SK_TRY(sk_process_spawn(&parent, &logger, elf, elf_size, &options));
 *     ...
 *     while ((p = sk_parent_wait(&parent)) != NULL) {
 *         sk_process_print_end(p, line, sizeof(line));
 *         sk_process_reap(p);
 *     }
 *
 * A parent has one endpoint, by which the kernel reports faults of its processes, and they
 * their ends. It believes no message further than that: a process can say wrong things only of
 * itself, and one that says that it has ended is stopped; what it says else is forgotten.
 * Everything that a process takes comes from the parent's source, and goes back there.
 *
 * A program can be several parents; one thread at a time uses each.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/cap/caller.h>
#include <selkie/cap/message.h>
#include <selkie/cap/owned.h>
#include <selkie/rt/env.h>

struct sk_process;

/* Its fields are private to src/task. */
struct sk_parent {
    struct sk_source *source;
    struct sk_env env;
    sk_owned_object endpoint;
    sk_caller caller;
    uintptr_t window;         /* a page of addresses, to look at processes' pages through */
    seL4_Word last_id;        /* badges are never used again */
    struct sk_process *first; /* those that were spawned and not reaped */
};

/*
 * Become a parent, whose processes are made of what source has; NULL: the environment's. The
 * environment must name the program's TCB, CSpace, VSpace and an ASID pool, and with MCS the
 * control over time.
 *
 * SK_ERR_INVALID_ARGUMENT: there is no source.
 * SK_ERR_INVALID_CAPABILITY: the environment does not name what is needed.
 * SK_ERR_NO_MEMORY, SK_ERR_FRAGMENTED, SK_ERR_NO_SLOT: the source has not enough.
 */
sk_err sk_parent_init(struct sk_parent *p, struct sk_source *source);

/* Kill and reap all its processes, and give everything back. */
void sk_parent_fini(struct sk_parent *p);

/*
 * Wait until a process has ended that was not told of yet, and return it; it is still to be
 * reaped. NULL: there is none that runs or was not told of.
 */
struct sk_process *sk_parent_wait(struct sk_parent *p);

/* The same without waiting: NULL if there is none that has ended and was not told of. */
struct sk_process *sk_parent_poll(struct sk_parent *p);

/*
 * For programs with an event loop of their own, which receive at the parent's endpoint
 * themselves: what a message there means. The process that has ended by it, or NULL. The reader
 * is dropped; a message that is not understood gets no answer.
 */
struct sk_process *sk_parent_take(struct sk_parent *p, sk_reader *message);

/* The endpoint that processes fault and end by. */
static inline sk_endpoint sk_parent_endpoint(const struct sk_parent *p)
{
    return (sk_endpoint){sk_owned_object_cptr(&p->endpoint)};
}
