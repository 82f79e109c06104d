/*
 * Addresses of CSpaces: random shapes, both ways, against a second way to compute them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/cspace.h>

#include "check.h"

#define SHAPES 100000

static const sk_cnode root = {2};

/* xorshift64*: the same shapes on every run. */
static uint64_t random_state;

static uint64_t random_below(uint64_t limit)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return limit == 0 ? 0 : random_state * 0x2545f4914f6cdd1dull % limit;
}

static uint64_t random_bits(unsigned bits)
{
    uint64_t word = random_below(1ull << 32) << 32 | random_below(1ull << 32);

    return bits == 64 ? word : word & ((1ull << bits) - 1);
}

/* Two or three levels that together take at most a word, and often all of it. */
static sk_cspace random_shape(void)
{
    sk_cspace c = {.level_count = 2 + (unsigned)random_below(2)};
    unsigned left = random_below(2) == 0 ? 64 : (unsigned)(6 + random_below(59));

    for (unsigned n = 0; n < c.level_count; n++) {
        unsigned later = c.level_count - n - 1; /* each takes at least one bit */
        unsigned radix = 1 + (unsigned)random_below(left - later);
        unsigned guard = (unsigned)random_below(left - later - radix + 1);

        c.level[n] = (sk_node){.guard = random_bits(guard),
                               .guard_bits = (seL4_Uint8)guard,
                               .radix_bits = (seL4_Uint8)radix};
        left -= radix + guard;
    }
    return c;
}

/* The bits of an address, from its upper end, one a char. */
struct bits {
    char bit[64];
    unsigned count;
};

static void append(struct bits *b, uint64_t value, unsigned count)
{
    for (unsigned n = count; n > 0; n--) {
        b->bit[b->count++] = (char)(value >> (n - 1) & 1);
    }
}

static void check_shape(const sk_cspace *c)
{
    seL4_Word path[SK_CSPACE_LEVELS];
    seL4_Word back[SK_CSPACE_LEVELS];
    unsigned back_count = 0;
    struct bits want = {.count = 0};
    sk_slot slot;
    struct sk_lookup_failure failure = {0};

    for (unsigned n = 0; n < c->level_count; n++) {
        path[n] = random_bits(c->level[n].radix_bits);
        append(&want, c->level[n].guard, c->level[n].guard_bits);
        append(&want, path[n], c->level[n].radix_bits);
        assert_int_equal(sk_cspace_encode(c, root, path, n + 1, &slot), SK_OK);
        assert_int_equal(slot.depth, want.count);
        assert_int_equal(slot.root.cptr, root.cptr);
        for (unsigned m = 0; m < want.count; m++) {
            assert_int_equal(slot.index >> (want.count - m - 1) & 1, want.bit[m]);
        }
        assert_int_equal(sk_cspace_decode(c, slot, back, &back_count, NULL), SK_OK);
        assert_int_equal(back_count, n + 1);
        assert_memory_equal(back, path, (n + 1) * sizeof(path[0]));
    }

    /* Any change of a guard is found, and named with the level's own guard. */
    for (unsigned n = 0, above = slot.depth; n < c->level_count; n++) {
        sk_slot wrong = slot;

        if (c->level[n].guard_bits != 0) {
            wrong.index ^= 1ull << (above - 1 - random_below(c->level[n].guard_bits));
            assert_int_equal(sk_cspace_decode(c, wrong, back, &back_count, &failure),
                             SK_ERR_FAILED_LOOKUP);
            assert_int_equal(failure.kind, SK_LOOKUP_GUARD_MISMATCH);
            assert_int_equal(failure.bits_left, above);
            assert_int_equal(failure.guard, c->level[n].guard);
            assert_int_equal(failure.guard_bits, c->level[n].guard_bits);
        }
        above -= sk_node_bits(c->level[n]);
    }
}

static void a_hundred_thousand_shapes_come_back_as_they_went(void **state)
{
    unsigned levels[4] = {0};
    unsigned whole = 0;

    (void)state;
    random_state = 20261122;
    for (unsigned n = 0; n < SHAPES; n++) {
        sk_cspace c = random_shape();
        unsigned bits = 0;

        assert_int_equal(sk_cspace_check(&c), SK_OK);
        check_shape(&c);
        levels[c.level_count]++;
        for (unsigned m = 0; m < c.level_count; m++) {
            bits += sk_node_bits(c.level[m]);
        }
        whole += bits == 64;
    }
    /* The generator makes what it should. */
    assert_true(levels[2] > SHAPES / 3);
    assert_true(levels[3] > SHAPES / 3);
    assert_true(whole > SHAPES / 20);
}

static void impossible_shapes_are_refused(void **state)
{
    const sk_cspace right = {
        .level_count = 2,
        .level = {{.guard = 1, .guard_bits = 1, .radix_bits = 31}, {.radix_bits = 32}}};
    seL4_Word path[] = {0, 0, 0, 0};
    unsigned count = 77;
    sk_slot slot = {root, 1234, 5};
    sk_cspace c = right;

    (void)state;
    assert_int_equal(sk_cspace_check(&c), SK_OK);
    c.level_count = 0;
    assert_int_equal(sk_cspace_check(&c), SK_ERR_RANGE);
    c.level_count = SK_CSPACE_LEVELS + 1;
    assert_int_equal(sk_cspace_check(&c), SK_ERR_RANGE);
    c = right;
    c.level[1].radix_bits = 0;
    assert_int_equal(sk_cspace_check(&c), SK_ERR_RANGE);
    c = right;
    c.level[1].radix_bits = 33;
    assert_int_equal(sk_cspace_check(&c), SK_ERR_RANGE);
    c = right;
    c.level[0].guard = 2;
    assert_int_equal(sk_cspace_check(&c), SK_ERR_RANGE);
    assert_int_equal(sk_cspace_encode(&c, root, path, 1, &slot), SK_ERR_RANGE);
    assert_int_equal(sk_cspace_decode(&c, slot, path, &count, NULL), SK_ERR_RANGE);
    assert_int_equal(slot.index, 1234);
    assert_int_equal(count, 77);
}

static void paths_that_do_not_exist_are_refused(void **state)
{
    const sk_cspace c = {.level_count = 2, .level = {{.radix_bits = 4}, {.radix_bits = 6}}};
    seL4_Word path[] = {15, 63, 0};
    seL4_Word back[SK_CSPACE_LEVELS] = {99, 99, 99};
    unsigned count = 77;
    struct sk_lookup_failure failure = {0};
    sk_slot slot = {root, 1234, 5};

    (void)state;
    assert_int_equal(sk_cspace_encode(&c, root, path, 0, &slot), SK_ERR_RANGE);
    assert_int_equal(sk_cspace_encode(&c, root, path, 3, &slot), SK_ERR_RANGE);
    path[1] = 64;
    assert_int_equal(sk_cspace_encode(&c, root, path, 2, &slot), SK_ERR_RANGE);
    path[0] = 16;
    assert_int_equal(sk_cspace_encode(&c, root, path, 1, &slot), SK_ERR_RANGE);
    assert_int_equal(slot.index, 1234);

    /* Too long, too short. */
    for (unsigned depth = 1; depth <= 12; depth++) {
        sk_err want = depth == 4 || depth == 10 ? SK_OK : SK_ERR_FAILED_LOOKUP;

        slot = (sk_slot){root, 0, (seL4_Uint8)depth};
        assert_int_equal(sk_cspace_decode(&c, slot, back, &count, &failure), want);
        if (want != SK_OK) {
            assert_int_equal(failure.kind, SK_LOOKUP_DEPTH_MISMATCH);
            assert_int_equal(failure.bits_left, depth < 4    ? depth
                                                : depth < 10 ? depth - 4
                                                             : depth - 10);
        }
    }
}

static void addresses_of_too_few_or_many_bits_are_refused(void **state)
{
    const sk_cspace c = {.level_count = 1, .level = {{.guard_bits = 60, .radix_bits = 4}}};
    const sk_cspace short_one = {.level_count = 1, .level = {{.radix_bits = 4}}};
    static const seL4_Uint8 none[] = {0, 65, 124, 128, 255};
    seL4_Word path[SK_CSPACE_LEVELS] = {99, 99, 99};
    unsigned count = 77;
    struct sk_lookup_failure failure = {.kind = SK_LOOKUP_NO_FAILURE};
    sk_slot slot = {root, 15, 64};

    (void)state;
    for (unsigned n = 0; n < sizeof(none); n++) {
        slot.depth = none[n];
        assert_int_equal(sk_cspace_decode(&c, slot, path, &count, &failure), SK_ERR_RANGE);
        assert_int_equal(sk_cspace_decode(&short_one, slot, path, &count, &failure),
                         SK_ERR_RANGE);
    }
    assert_int_equal(path[0], 99);
    assert_int_equal(count, 77);
    assert_int_equal(failure.kind, SK_LOOKUP_NO_FAILURE);
    slot.depth = 64;
    assert_int_equal(sk_cspace_decode(&c, slot, path, &count, &failure), SK_OK);
    assert_int_equal(path[0], 15);
}

/* The levels end with level_count, whatever is behind. */
static void addresses_beyond_the_last_level_are_refused(void **state)
{
    const sk_cspace two = {.level_count = 2,
                           .level = {{.radix_bits = 4}, {.radix_bits = 4}, {.radix_bits = 4}}};
    const sk_cspace three = {.level_count = 3,
                             .level = {two.level[0], two.level[1], two.level[2]}};
    seL4_Word path[SK_CSPACE_LEVELS];
    unsigned count = 0;
    struct sk_lookup_failure failure = {0};

    (void)state;
    assert_int_equal(sk_cspace_decode(&three, (sk_slot){root, 0x123, 12}, path, &count, NULL),
                     SK_OK);
    assert_int_equal(sk_cspace_decode(&two, (sk_slot){root, 0x123, 12}, path, &count, &failure),
                     SK_ERR_FAILED_LOOKUP);
    assert_int_equal(failure.kind, SK_LOOKUP_DEPTH_MISMATCH);
    assert_int_equal(failure.bits_left, 4);
    assert_int_equal(failure.bits_found, 0);
    assert_int_equal(
        sk_cspace_decode(&three, (sk_slot){root, 0x1234, 16}, path, &count, &failure),
        SK_ERR_FAILED_LOOKUP);
    assert_int_equal(failure.kind, SK_LOOKUP_DEPTH_MISMATCH);
    assert_int_equal(failure.bits_left, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_thousand_shapes_come_back_as_they_went),
        cmocka_unit_test(impossible_shapes_are_refused),
        cmocka_unit_test(paths_that_do_not_exist_are_refused),
        cmocka_unit_test(addresses_of_too_few_or_many_bits_are_refused),
        cmocka_unit_test(addresses_beyond_the_last_level_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
