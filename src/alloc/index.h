/*
 * An index: things found by a word, the nearest before or behind a word included.
 *
 * It is a digital search tree. A node lies somewhere on the path that the bits of its key
 * describe, from the highest on; so every way down takes at most as many steps as a word has
 * bits, without anything being balanced. Nodes are embedded in what they find. An empty index
 * is NULL.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

struct sk_index_node {
    seL4_Word key;
    struct sk_index_node *child[2];
};

/* Add a node whose key is set; false, and it is not added, if the key is there already. */
bool sk_index_insert(struct sk_index_node **root, struct sk_index_node *node);

/* Remove a node, which is there. */
void sk_index_remove(struct sk_index_node **root, const struct sk_index_node *node);

/* The node of that key, or NULL. */
struct sk_index_node *sk_index_find(struct sk_index_node *root, seL4_Word key);

/* The node of the largest key up to this one, or of the smallest from this one on; or NULL. */
struct sk_index_node *sk_index_before(struct sk_index_node *root, seL4_Word key);
struct sk_index_node *sk_index_after(struct sk_index_node *root, seL4_Word key);
