/*
 * Taking and giving a slot takes a time that does not grow with the pool: the basic blocks that
 * are run are counted.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/slot_pool.h>

#include <stdio.h>

#include "check.h"
#include "random.h"

#define ROOT     ((sk_cnode){2})
#define MOST     17
#define BLOCKS   (1 << (MOST - SK_SLOT_BLOCK_BITS))
#define STEPS    20000
#define FEW      20 /* slots that are taken and given at random */
#define ROWS     20 /* that are taken at once at most */
#define PER_STEP 8  /* blocks */

static struct sk_slot_block *directory[BLOCKS];
static _Alignas(8) char memory[BLOCKS][SK_SLOT_BLOCK_SIZE(SK_SLOT_BLOCK_BITS)];
static sk_slot taken[1 << MOST];
static unsigned long count;

void __sanitizer_cov_trace_pc(void);

/* Called at the start of each basic block. clang knows that it is not to call itself. */
#pragma GCC diagnostic ignored "-Wattributes"
__attribute__((no_sanitize_coverage)) void __sanitizer_cov_trace_pc(void)
{
    count++;
}

static void open_pool(struct sk_slot_pool *p, unsigned bits)
{
    unsigned block_bits = bits < SK_SLOT_BLOCK_BITS ? bits : SK_SLOT_BLOCK_BITS;
    seL4_Word size = (seL4_Word)1 << block_bits;

    sk_slot_pool_init(p, sk_slot_at(ROOT, 0), block_bits, directory,
                      (seL4_Word)1 << (bits - block_bits));
    for (seL4_Word n = 0; n < (seL4_Word)1 << (bits - block_bits); n++) {
        sk_slots slots = {sk_slot_at(ROOT, n * size), size};

        assert_int_equal(sk_slot_pool_add(p, slots, sk_node_whole(bits), memory[n]), SK_OK);
    }
}

static unsigned long more(unsigned long most)
{
    return count > most ? count : most;
}

/* The most blocks that one call runs, in a pool of that size that is used here and there. */
static unsigned long most_of(unsigned bits)
{
    struct sk_slot_pool p;
    struct random r = {bits};
    seL4_Word live = 0;
    unsigned long most = 0;

    open_pool(&p, bits);
    for (unsigned step = 0; step < STEPS; step++) {
        bool takes = live == 0 || (live < p.count && random_below(&r, FEW) < FEW / 2 + 3);
        seL4_Word n = takes ? 0 : random_below(&r, live);
        sk_slots slots;

        if (takes) {
            count = 0;
            sk_err err = sk_slot_pool_take(&p, 1, &slots);
            most = more(most);
            assert_int_equal(err, SK_OK);
            taken[live++] = slots.first;
        } else {
            count = 0;
            sk_slot_pool_give(&p, (sk_slots){taken[n], 1});
            most = more(most);
            taken[n] = taken[--live];
        }
    }
    return most;
}

/* The most blocks that taking and giving up to this many slots in a row run. */
struct row_cost {
    unsigned long take;
    unsigned long give;
};

static struct row_cost cost_of_row(unsigned bits, seL4_Word row)
{
    static sk_slots rows[ROWS];
    struct sk_slot_pool p;
    struct random r = {row};
    struct row_cost most = {0};
    unsigned live = 0;

    open_pool(&p, bits);
    for (unsigned step = 0; step < STEPS / 4; step++) {
        if (live < ROWS && (live == 0 || random_below(&r, 5) < 3)) {
            /* Others of any length are among them. */
            seL4_Word length = step % 2 == 0 ? row : 1 + random_below(&r, row);

            count = 0;
            sk_err err = sk_slot_pool_take(&p, length, &rows[live]);
            most.take = more(most.take);
            assert_int_equal(err, SK_OK);
            live++;
        } else {
            unsigned n = (unsigned)random_below(&r, live);

            count = 0;
            sk_slot_pool_give(&p, rows[n]);
            most.give = more(most.give);
            rows[n] = rows[--live];
        }
    }
    return most;
}

/* The blocks that both calls run which split and join the most: all other slots are free. */
static unsigned long whole_cost(unsigned bits)
{
    struct sk_slot_pool p;
    unsigned long took;
    sk_slots slot;

    open_pool(&p, bits);
    count = 0;
    sk_err err = sk_slot_pool_take(&p, 1, &slot);
    took = count;
    assert_int_equal(err, SK_OK);
    count = 0;
    sk_slot_pool_give(&p, slot);
    return more(took);
}

static void a_slot_takes_as_long_in_a_large_pool_as_in_a_small_one(void **state)
{
    unsigned long each = whole_cost(7) - whole_cost(6);

    (void)state;
    assert_in_range(each, 4, 20);
    for (unsigned bits = 6; bits <= MOST; bits++) {
        unsigned orders = bits < SK_SLOT_BLOCK_BITS ? bits : SK_SLOT_BLOCK_BITS;
        unsigned long whole = whole_cost(bits);
        unsigned long most = most_of(bits);

        printf("# %lu slots: %lu blocks at most, and %lu\n", 1ul << bits, whole, most);
        /*
         * One more order of rows is one more step of splitting and joining, though there are
         * twice as many words. Larger pools have more blocks of slots, and not larger ones.
         */
        assert_in_range(whole, whole_cost(6), whole_cost(6) + (orders - 6) * (each + 2));
        assert_true(most <= whole + each);
    }
}

/* A power of two of them takes a step for each order, and others the square of that. */
static void a_row_takes_as_long_as_its_orders_and_words(void **state)
{
    (void)state;
    for (unsigned order = 1; order <= SK_SLOT_BLOCK_BITS; order++) {
        struct row_cost cost = cost_of_row(MOST, (seL4_Word)1 << order);
        unsigned long steps = 180 + PER_STEP * order * order;

        printf("# %u in a row: %lu and %lu blocks at most\n", 1u << order, cost.take,
               cost.give);
        assert_true(cost.take <= steps);
        assert_true(cost.give <= steps + (2ul << order) / 64);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slot_takes_as_long_in_a_large_pool_as_in_a_small_one),
        cmocka_unit_test(a_row_takes_as_long_as_its_orders_and_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
