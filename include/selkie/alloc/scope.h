/*
 * Scopes: what is taken in one is given back when it ends, however that happens.
 *
 *     sk_err serve(struct sk_source *source)
 *     {
 *         SK_SCOPE(scope, source);
 *         struct sk_thread *thread;
 *
 *         SK_TRY(sk_owned_object_make(&scope.source, ...));
 *         SK_TRY(sk_thread_start(work, NULL,
 *                                &(struct sk_thread_options){.source = &scope.source}, ...));
 *         return SK_OK;           // here, at each error, and if anything panics
 *     }
 *
 * A scope is a source over another one, and remembers what it has taken from it. Its end, by a
 * return, an error, a break or goto, or a panic that unwinds, unmaps what is mapped, frees the
 * objects, the newest first, so that no copy of a capability to them works any more, deletes
 * whatever else is in its slots, and gives back slots and pages. What is given back earlier, by
 * the source's functions, is forgotten. Scopes nest: a scope's source can be another scope's.
 *
 * Nothing of a scope may be used after its end, and threads that were started with its source
 * lose their stacks then; they are joined before. An inner scope ends before an outer one. One
 * thread at a time uses a scope, though its parent may be shared.
 *
 * What it remembers it writes into pages that it takes from its parent, the first one when
 * something is taken in it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/record_pool.h>
#include <selkie/base/attr.h>
#include <selkie/cap/source.h>

struct sk_scope_entry;
struct sk_index_node;

typedef struct sk_scope {
    struct sk_source source; /* first: &scope.source is what takes in it */
    struct sk_source *parent;
    struct sk_record_pool records;
    struct sk_scope_entry *newest; /* what it has, the newest first */
    struct sk_index_node *slots;
    struct sk_index_node *frames;
    struct sk_index_node *pages;
} sk_scope;

/* Begin a scope over parent. The scope stays where it is in memory. */
void sk_scope_init(sk_scope *s, struct sk_source *parent);

/* End it. A scope that has ended, or is all zeros, is left alone. */
void sk_scope_fini(sk_scope *s);

/* What SK_AUTO() does: not a move, since a scope has an address. */
static inline void sk_scope_auto__(sk_scope *s)
{
    sk_scope_fini(s);
}

/* A scope that ends with the C scope it is declared in. */
#define SK_SCOPE(name, outer)                                           \
    __attribute__((cleanup(sk_scope_auto__), unused)) sk_scope name = { \
        .parent = NULL,                                                 \
    };                                                                  \
    sk_scope_init(&name, (outer))
