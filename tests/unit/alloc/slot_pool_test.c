/*
 * Slot pools: rows of slots against a map with a byte for each.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/slot_pool.h>

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "random.h"
#include "traps.h"

#define ROOT  ((sk_cnode){2})
#define LIVES 400

static struct sk_slot_block *directory[16];
static _Alignas(8) char memory[16][SK_SLOT_BLOCK_SIZE(SK_SLOT_BLOCK_BITS)];

/* A pool of one level: the slots from first on of a CNode of 1 << bits. */
static void open_pool(struct sk_slot_pool *p, unsigned bits, seL4_Word first)
{
    unsigned block_bits = bits < SK_SLOT_BLOCK_BITS ? bits : SK_SLOT_BLOCK_BITS;
    seL4_Word size = (seL4_Word)1 << block_bits;
    seL4_Word blocks = (seL4_Word)1 << (bits - block_bits);

    sk_slot_pool_init(p, sk_slot_at(ROOT, 0), block_bits, directory, blocks);
    for (seL4_Word n = 0; n < blocks; n++) {
        seL4_Word start = n == 0 ? first : n * size;
        sk_slots slots = {sk_slot_at(ROOT, start), (n + 1) * size - start};

        assert_int_equal(sk_slot_pool_add(p, slots, sk_node_whole(bits), memory[n]), SK_OK);
    }
}

/* 1 for each slot that was taken. */
static char map[1 << 15];

static void mark(sk_slots s, char from, char to)
{
    for (seL4_Word n = 0; n < s.count; n++) {
        assert_int_equal(map[s.first.index + n], from);
        map[s.first.index + n] = to;
    }
}

/* Rows of random length come and go, in part or whole, until all is free again. */
static void churn(struct sk_slot_pool *p, seL4_Word longest, uint64_t seed)
{
    struct random r = {seed};
    static sk_slots live[LIVES];
    seL4_Word free_count = p->free_count;

    memset(map, 0, sizeof(map));
    memset(live, 0, sizeof(live));
    for (unsigned step = 0; step < 20000; step++) {
        sk_slots *s = &live[random_below(&r, LIVES)];

        if (s->count == 0) {
            seL4_Word count = 1 + random_below(&r, random_below(&r, longest) + 1);

            if (sk_slot_pool_take(p, count, s) == SK_OK) {
                assert_int_equal(s->count, count);
                mark(*s, 0, 1);
                free_count -= count;
            } else {
                *s = (sk_slots){0};
            }
        } else {
            sk_slots part = {s->first, 1 + random_below(&r, s->count)};

            mark(part, 1, 0);
            sk_slot_pool_give(p, part);
            free_count += part.count;
            *s = (sk_slots){sk_slot_plus(s->first, part.count), s->count - part.count};
        }
        assert_int_equal(p->free_count, free_count);
        if (step % 500 == 0) {
            assert_true(sk_slot_pool_check(p));
        }
    }
    for (unsigned n = 0; n < LIVES; n++) {
        sk_slot_pool_give(p, live[n]);
    }
    assert_true(sk_slot_pool_check(p));
    assert_int_equal(p->free_count, p->count);
}

static void rows_do_not_overlap_and_come_back_whole(void **state)
{
    static const struct {
        unsigned bits;
        seL4_Word first;
    } shapes[] = {{4, 3}, {6, 0}, {9, 100}, {12, 97}, {15, 97}};

    (void)state;
    for (unsigned n = 0; n < sizeof(shapes) / sizeof(shapes[0]); n++) {
        struct sk_slot_pool p;
        seL4_Word all = ((seL4_Word)1 << shapes[n].bits) - shapes[n].first;
        sk_slots s;

        open_pool(&p, shapes[n].bits, shapes[n].first);
        assert_int_equal(p.count, all);
        churn(&p, all / 4 + 1, n + 1);
        /* The longest row there was is there again. */
        unsigned bits = shapes[n].bits < 12 ? shapes[n].bits : 12;
        if (shapes[n].first == 0 || shapes[n].bits > 12) {
            assert_int_equal(sk_slot_pool_take(&p, (seL4_Word)1 << bits, &s), SK_OK);
        } else {
            assert_int_equal(sk_slot_pool_take(&p, (seL4_Word)1 << bits, &s), SK_ERR_NO_SLOT);
            assert_int_equal(sk_slot_pool_take(&p, (seL4_Word)1 << (bits - 1), &s), SK_OK);
        }
    }
}

static void every_slot_can_be_taken_and_then_none(void **state)
{
    struct sk_slot_pool p;
    sk_slots s;

    (void)state;
    open_pool(&p, 12, 97);
    memset(map, 0, sizeof(map));
    for (seL4_Word n = 97; n < 4096; n++) {
        assert_int_equal(sk_slot_pool_take(&p, 1, &s), SK_OK);
        mark(s, 0, 1);
    }
    assert_int_equal(p.free_count, 0);
    s.count = 12345;
    assert_int_equal(sk_slot_pool_take(&p, 1, &s), SK_ERR_NO_SLOT);
    assert_int_equal(s.count, 12345);
    assert_int_equal(sk_slot_pool_take(&p, 5000, &s), SK_ERR_NO_SLOT);
    assert_true(sk_slot_pool_check(&p));
}

static void a_tag_is_zero_when_its_slot_is_taken(void **state)
{
    struct sk_slot_pool p;
    sk_slots s;

    (void)state;
    open_pool(&p, 9, 0);
    assert_int_equal(sk_slot_pool_take(&p, 8, &s), SK_OK);
    for (unsigned n = 0; n < 8; n++) {
        assert_int_equal(*sk_slot_pool_tag(&p, sk_slots_get(s, n)), 0);
        *sk_slot_pool_tag(&p, sk_slots_get(s, n)) = n + 1;
    }
    assert_int_equal((uintptr_t)sk_slot_pool_tag(&p, s.first) % 8, 0);
    assert_true(sk_slot_pool_is_taken(&p, sk_slots_get(s, 7)));
    sk_slot_pool_give(&p, s);
    assert_false(sk_slot_pool_is_taken(&p, s.first));
    assert_int_equal(sk_slot_pool_take(&p, 8, &s), SK_OK);
    assert_int_equal(*sk_slot_pool_tag(&p, sk_slots_get(s, 7)), 0);
}

static void a_pool_of_two_levels_grows_and_shrinks(void **state)
{
    struct sk_slot_pool p;
    sk_node node = {.guard = 0, .guard_bits = 3, .radix_bits = 9};
    sk_slots got[3];
    sk_slot place = sk_slot_at(ROOT, 0);

    (void)state;
    sk_slot_pool_init(&p, place, 12, directory, 16);
    assert_int_equal(sk_slot_pool_take(&p, 1, &got[0]), SK_ERR_NO_SLOT);
    for (seL4_Word n = 1; n < 4; n++) {
        sk_slots all = {sk_slot_at(ROOT, n << 12), 512};

        assert_int_equal(sk_slot_pool_add(&p, all, node, memory[n]), SK_OK);
        assert_int_equal(sk_slot_pool_add(&p, all, node, memory[n]), SK_ERR_DELETE_FIRST);
        assert_int_equal(sk_slot_pool_take(&p, 512, &got[n - 1]), SK_OK);
        assert_int_equal(got[n - 1].first.index, n << 12);
        assert_int_equal(sk_slot_pool_node(&p, got[n - 1].first).radix_bits, 9);
        assert_int_equal(sk_slot_pool_remove(&p, all.first), SK_ERR_REVOKE_FIRST);
    }
    assert_int_equal(p.count, 3 * 512);
    sk_slot_pool_give(&p, got[1]);
    assert_true(sk_slot_pool_is_unused(&p, got[1].first));
    assert_false(sk_slot_pool_is_unused(&p, got[0].first));
    assert_int_equal(sk_slot_pool_remove(&p, got[1].first), SK_OK);
    assert_int_equal(p.count, 2 * 512);
    assert_int_equal(p.free_count, 0);
    assert_int_equal(sk_slot_pool_take(&p, 1, &got[1]), SK_ERR_NO_SLOT);
    assert_true(sk_slot_pool_check(&p));
}

static void slots_that_are_not_in_one_block_are_refused(void **state)
{
    struct sk_slot_pool p;

    (void)state;
    sk_slot_pool_init(&p, sk_slot_at(ROOT, 0), 12, directory, 2);
    assert_int_equal(sk_slot_pool_add(&p, (sk_slots){sk_slot_at(ROOT, 4000), 200},
                                      sk_node_whole(14), memory[0]),
                     SK_ERR_RANGE);
    assert_int_equal(sk_slot_pool_add(&p, (sk_slots){sk_slot_at(ROOT, 3 << 12), 1},
                                      sk_node_whole(14), memory[0]),
                     SK_ERR_RANGE);
    assert_int_equal(sk_slot_pool_add(&p, (sk_slots){sk_slot_at(ROOT, 4000), 200},
                                      sk_node_whole(12), memory[0]),
                     SK_ERR_RANGE);
    assert_int_equal(p.count, 0);
}

static void give_twice(void *arg)
{
    struct sk_slot_pool p;
    sk_slots s = {0};
    sk_slots part = {0};

    (void)arg;
    open_pool(&p, 9, 0);
    if (sk_slot_pool_take(&p, 6, &s) == SK_OK) {
        part = (sk_slots){sk_slots_get(s, 3), 1};
    }
    sk_slot_pool_give(&p, part);
    sk_slot_pool_give(&p, s);
}

static void give_foreign(void *arg)
{
    struct sk_slot_pool p;

    (void)arg;
    open_pool(&p, 9, 100);
    sk_slot_pool_give(&p, (sk_slots){sk_slot_at(ROOT, 99), 1});
}

static void giving_what_is_free_or_not_the_pool_s_traps(void **state)
{
    (void)state;
    assert_true(traps(give_twice, NULL));
    assert_true(traps(give_foreign, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_do_not_overlap_and_come_back_whole),
        cmocka_unit_test(every_slot_can_be_taken_and_then_none),
        cmocka_unit_test(a_tag_is_zero_when_its_slot_is_taken),
        cmocka_unit_test(a_pool_of_two_levels_grows_and_shrinks),
        cmocka_unit_test(slots_that_are_not_in_one_block_are_refused),
        cmocka_unit_test(giving_what_is_free_or_not_the_pool_s_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
