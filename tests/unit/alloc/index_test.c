/*
 * The index against an array that is searched from end to end.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "index.h"

#include "check.h"
#include "random.h"
#include "traps.h"

#define COUNT 300

struct thing {
    struct sk_index_node node;
    bool is_in;
};

static struct thing things[COUNT];

/* What the index ought to say: the nearest key on that side, or NULL. */
static struct sk_index_node *nearest(seL4_Word key, bool is_before)
{
    struct sk_index_node *best = NULL;

    for (unsigned n = 0; n < COUNT; n++) {
        struct sk_index_node *node = &things[n].node;

        if (!things[n].is_in || (is_before ? node->key > key : node->key < key)) {
            continue;
        }
        if (best == NULL || (is_before ? node->key > best->key : node->key < best->key)) {
            best = node;
        }
    }
    return best;
}

/* Keys that are near each other, far from each other, and at both ends. */
static seL4_Word random_key(struct random *r)
{
    seL4_Word key = random_word(r);

    switch (random_below(r, 4)) {
    case 0:
        return key;
    case 1:
        return key % 400;
    case 2:
        return ~(key % 400);
    default:
        return (key % 100) << 12 | (key >> 60 & 1) << 63;
    }
}

static void an_index_finds_what_a_search_of_everything_finds(void **state)
{
    struct random r = {1};
    struct sk_index_node *root = NULL;

    (void)state;
    for (unsigned step = 0; step < 20000; step++) {
        struct thing *t = &things[random_below(&r, COUNT)];
        seL4_Word key = random_key(&r);

        if (t->is_in) {
            sk_index_remove(&root, &t->node);
            t->is_in = false;
        } else {
            t->node.key = key;
            bool is_new = sk_index_find(root, key) == NULL;
            assert_int_equal(sk_index_insert(&root, &t->node), is_new);
            t->is_in = is_new;
        }
        key = random_key(&r);
        assert_ptr_equal(sk_index_before(root, key), nearest(key, true));
        assert_ptr_equal(sk_index_after(root, key), nearest(key, false));
    }
    for (unsigned n = 0; n < COUNT; n++) {
        if (things[n].is_in) {
            assert_ptr_equal(sk_index_find(root, things[n].node.key), &things[n].node);
            sk_index_remove(&root, &things[n].node);
            assert_null(sk_index_find(root, things[n].node.key));
        }
    }
    assert_null(root);
}

static void remove_twice(void *arg)
{
    struct sk_index_node *root = NULL;
    struct sk_index_node node = {.key = 7};

    (void)arg;
    (void)sk_index_insert(&root, &node);
    sk_index_remove(&root, &node);
    sk_index_remove(&root, &node);
}

static void removing_what_is_not_there_traps(void **state)
{
    (void)state;
    assert_true(traps(remove_twice, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_index_finds_what_a_search_of_everything_finds),
        cmocka_unit_test(removing_what_is_not_there_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
