/* SPDX-License-Identifier: BSD-2-Clause */
#include "index.h"

#include <stddef.h>

#include <selkie/base/assert.h>

/* Which child of a node, level steps below the root, leads to key. */
static unsigned side(seL4_Word key, unsigned level)
{
    return level < seL4_WordBits ? key >> (seL4_WordBits - 1 - level) & 1 : 0;
}

/* Where the node of this key is linked, or would be. */
static struct sk_index_node **link_of(struct sk_index_node **root, seL4_Word key)
{
    struct sk_index_node **link = root;

    for (unsigned level = 0; *link != NULL && (*link)->key != key; level++) {
        link = &(*link)->child[side(key, level)];
    }
    return link;
}

bool sk_index_insert(struct sk_index_node **root, struct sk_index_node *node)
{
    struct sk_index_node **link = link_of(root, node->key);

    if (*link != NULL) {
        return false;
    }
    node->child[0] = NULL;
    node->child[1] = NULL;
    *link = node;
    return true;
}

void sk_index_remove(struct sk_index_node **root, const struct sk_index_node *node)
{
    struct sk_index_node **link = link_of(root, node->key);
    struct sk_index_node **last = link;

    sk_require(*link == node);
    /* Any leaf below has the same bits above, and so may take the place. */
    while ((*last)->child[0] != NULL || (*last)->child[1] != NULL) {
        last = &(*last)->child[(*last)->child[0] == NULL];
    }

    struct sk_index_node *leaf = *last;
    *last = NULL;
    if (leaf != node) {
        leaf->child[0] = node->child[0];
        leaf->child[1] = node->child[1];
        *link = leaf;
    }
}

struct sk_index_node *sk_index_find(struct sk_index_node *root, seL4_Word key)
{
    return *link_of(&root, key);
}

/* Is a nearer to the upper end (towards 1) or to the lower one than b, which may be NULL? */
static bool is_further(const struct sk_index_node *a, const struct sk_index_node *b,
                       unsigned towards)
{
    return b == NULL || (towards == 1 ? a->key > b->key : a->key < b->key);
}

/* The node of the largest (towards 1) or smallest key of a tree: child 1 is all larger. */
static struct sk_index_node *end_of(struct sk_index_node *node, unsigned towards)
{
    struct sk_index_node *best = NULL;

    while (node != NULL) {
        if (is_further(node, best, towards)) {
            best = node;
        }
        node = node->child[node->child[towards] != NULL ? towards : !towards];
    }
    return best;
}

/*
 * The node that is nearest to key on one side: the largest below (from 0) or the smallest
 * above (from 1). What is not on the way to key itself is in the trees beside the way; the
 * deepest of them has the nearest keys.
 */
static struct sk_index_node *nearest(struct sk_index_node *node, seL4_Word key, unsigned from)
{
    struct sk_index_node *best = NULL;
    struct sk_index_node *beside = NULL;

    for (unsigned level = 0; node != NULL; level++) {
        unsigned way = side(key, level);
        bool is_there = from == 0 ? node->key <= key : node->key >= key;

        if (is_there && is_further(node, best, !from)) {
            best = node;
        }
        if (way != from && node->child[from] != NULL) {
            beside = node->child[from];
        }
        node = node->child[way];
    }

    struct sk_index_node *end = end_of(beside, !from);
    return end != NULL && is_further(end, best, !from) ? end : best;
}

struct sk_index_node *sk_index_before(struct sk_index_node *root, seL4_Word key)
{
    return nearest(root, key, 0);
}

struct sk_index_node *sk_index_after(struct sk_index_node *root, seL4_Word key)
{
    return nearest(root, key, 1);
}
