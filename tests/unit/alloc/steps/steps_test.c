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
#define PER_WORD 8  /* blocks that one bit of a word may cost */

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

static void a_slot_takes_as_long_in_a_large_pool_as_in_a_small_one(void **state)
{
    unsigned long most[MOST + 1];

    (void)state;
    for (unsigned bits = 6; bits <= MOST; bits++) {
        most[bits] = most_of(bits);
        printf("# %lu slots: %lu blocks at most\n", 1ul << bits, most[bits]);
        assert_true(most[bits] > 10 && most[bits] <= PER_WORD * seL4_WordBits);
    }
    /* Larger pools have more blocks of slots, and not larger ones. */
    for (unsigned bits = SK_SLOT_BLOCK_BITS; bits <= MOST; bits++) {
        assert_true(most[bits] <= most[SK_SLOT_BLOCK_BITS] + 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slot_takes_as_long_in_a_large_pool_as_in_a_small_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
