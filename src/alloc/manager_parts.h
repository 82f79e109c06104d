/*
 * What the manager's files need of each other.
 *
 * All of it is called with the lock held, or before there is one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <selkie/alloc/manager.h>

/* Fill in the functions of the two sources. */
void sk_manager_set_sources(struct sk_manager *m);

/* The manager whose inner source this is. */
static inline struct sk_manager *manager_of_inner(struct sk_source *inner)
{
    return (struct sk_manager *)(void *)((char *)inner - offsetof(struct sk_manager, inner));
}

/*
 * Before something is taken: see to it that there are records, and slot_count slots, row of
 * them one behind the other, and a few more for halves. Grows if need be; if that fails, what
 * is there can still be taken.
 */
void sk_manager_prepare(struct sk_manager *m, seL4_Word slot_count, seL4_Word row);

/*
 * After something could not be taken: if it may be there once what is only kept in case it is
 * wanted is given up, give that up, so that it can be asked for once more.
 */
bool sk_manager_is_short(struct sk_manager *m, sk_err err);

/* After something was given: give back bookkeeping, but keep some if is_quick. */
void sk_manager_tidy(struct sk_manager *m, bool is_quick);

/*
 * Take the bookkeeping that is always needed, and give back what nothing needs: the same is
 * left whatever was taken and given before.
 */
void sk_manager_settle(struct sk_manager *m);

/*
 * Begin with what means says and no memory; add the memory, by sk_untyped_pool_add(); finish.
 */
sk_err sk_manager_begin(struct sk_manager *m, const struct sk_manager_means *means,
                        const struct sk_manager_options *options);
sk_err sk_manager_finish(struct sk_manager *m, const struct sk_manager_options *options);

/* Make the second level of the CSpace. */
sk_err sk_manager_widen(struct sk_manager *m, const struct sk_manager_options *options);

/* Take it away again, at the end; leaves it where there is something in it. */
void sk_manager_narrow(struct sk_manager *m);

/* After memory was added: how much is kept to grow with. */
void sk_manager_set_reserves(struct sk_manager *m);

/* Objects, by the tags of their slots. */
sk_err sk_manager_make(struct sk_manager *m, sk_blueprint what, sk_slot into);
void sk_manager_set_tags(struct sk_manager *m, sk_slots objects, sk_piece piece);
void sk_manager_free(struct sk_manager *m, sk_slot at);

/*
 * Make the object in a slot that has no tag, since it is not the pool's; the caller keeps
 * the piece.
 */
sk_err sk_manager_make_piece(struct sk_manager *m, sk_blueprint what, sk_slot into,
                             sk_node node, sk_piece *ret_piece);
