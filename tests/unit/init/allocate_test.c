/*
 * Which memory objects come from: against a model of what kernels do with Retype.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/init/execute.h>

#include <stdlib.h>
#include <string.h>

#include "../../init/builder.h"
#include "check.h"

#define FIRST_SLOT 200
#define END_SLOT   60000
#define MIB        (1ull << 20)

static const struct sk_spec_platform platform = {
    .user_end = 1ull << 47,
    .fan_out_limit = 256,
    .domain_count = 1,
    .domain_schedule_count = 2,
    .core_count = 1,
    .asid_pool_entries = 512,
    .tcb_bits = 11,
    .endpoint_bits = 4,
    .notification_bits = 6,
    .reply_bits = 5,
    .slot_bits = 5,
    .min_sched_context_bits = 7,
    .page_table_bits = 12,
    .vspace_bits = 12,
    .frame_bits = {12, 21, 30},
    .table_index_bits = 9,
    .vspace_span_bits = 48,
    .min_untyped_bits = 4,
    .max_untyped_bits = 47,
    .asid_pool_bits = 12,
};

/* The kernel, as far as it makes objects. */
struct untyped {
    uint64_t slot, paddr, size, used;
    bool is_device;
};

static struct model {
    struct untyped untypeds[2 * SK_INIT_UNTYPEDS_MAX];
    unsigned count;
    bool is_full[END_SLOT];
    uint64_t object_paddr[END_SLOT]; /* by slot of the initialiser */
    uint64_t largest_batch;
    uint64_t given; /* bytes of RAM that went to components as untypeds */
    unsigned moves;
} model;

static struct untyped *untyped_in(uint64_t slot)
{
    for (unsigned n = 0; n < model.count; n++) {
        if (model.untypeds[n].slot == slot) {
            return &model.untypeds[n];
        }
    }
    fail_msg("slot %lu has no untyped", slot);
    return NULL;
}

static void fill_slot(uint64_t slot, uint64_t paddr)
{
    assert_in_range(slot, FIRST_SLOT, END_SLOT - 1);
    assert_false(model.is_full[slot]);
    model.is_full[slot] = true;
    model.object_paddr[slot] = paddr;
}

static unsigned memory_bits(uint64_t type, uint64_t size_bits)
{
    static const uint8_t fixed[SK_SPEC_TYPE_COUNT] = {
        [SK_SPEC_TCB] = 11,  [SK_SPEC_ENDPOINT] = 4,    [SK_SPEC_NOTIFICATION] = 6,
        [SK_SPEC_REPLY] = 5, [SK_SPEC_PAGE_TABLE] = 12, [SK_SPEC_VSPACE] = 12,
    };

    return fixed[type] != 0 ? fixed[type]
                            : (unsigned)size_bits + (type == SK_SPEC_CNODE ? 5 : 0);
}

static void retype(const uint64_t *a)
{
    struct untyped *u = untyped_in(a[0]);
    uint64_t size = 1ull << memory_bits(a[1], a[2]);
    uint64_t start = (u->used + size - 1) / size * size;

    assert_in_range(a[5], 1, platform.fan_out_limit);
    assert_true(start + a[5] * size <= u->size);
    assert_int_equal(a[6], u->paddr + start);
    assert_true(!u->is_device || a[1] == SK_SPEC_FRAME || a[1] == SK_SPEC_UNTYPED);
    u->used = start + a[5] * size;
    if (a[5] > model.largest_batch) {
        model.largest_batch = a[5];
    }
    for (uint64_t n = 0; n < a[5] && a[3] == 0; n++) {
        fill_slot(a[4] + n, a[6] + n * size);
        if (a[1] == SK_SPEC_UNTYPED) {
            model.untypeds[model.count++] =
                (struct untyped){a[4] + n, a[6] + n * size, size, 0, u->is_device};
        }
    }
    if (a[3] != 0 && a[1] == SK_SPEC_UNTYPED && !u->is_device) {
        model.given += a[5] * size;
    }
}

static sk_err play(struct sk_init *in, enum sk_init_call what, const uint64_t *args)
{
    (void)in;
    if (what == SK_INIT_RETYPE) {
        retype(args);
    } else if (what == SK_INIT_MOVE) {
        struct untyped *u = untyped_in(args[3]);

        assert_int_equal(u->used, 0);
        u->used = u->size;
        model.given += u->is_device ? 0 : u->size;
        model.moves++;
    }
    return SK_OK;
}

static struct builder b;
static struct sk_init in;

static void begin(void)
{
    memset(&model, 0, sizeof(model));
    memset(&in, 0, sizeof(in));
    builder_start(&b, &platform);
    in.perform = play;
    in.first_slot = FIRST_SLOT;
    in.end_slot = END_SLOT;
}

static void add(uint64_t paddr, unsigned bits, bool is_device)
{
    uint32_t slot = 20 + model.count;

    sk_init_add_untyped(&in, paddr, (uint8_t)bits, is_device, slot);
    model.untypeds[model.count++] = (struct untyped){slot, paddr, 1ull << bits, 0, is_device};
}

static sk_err end(void)
{
    static _Alignas(4096) uint8_t memory[0x20000];
    struct sk_spec_problem problem;
    uint64_t size = builder_end(&b, memory, sizeof(memory));

    in.spec = (const struct sk_spec *)memory;
    if (!sk_spec_check(in.spec, size, &platform, &problem)) {
        fail_msg("%s, record %u: %s", sk_spec_table_name(problem.table), problem.record,
                 sk_spec_wrong_text(problem.what));
    }
    return sk_init_execute(&in);
}

static struct sk_spec_untyped *gift(uint64_t size, uint32_t cnode, unsigned min_bits)
{
    struct sk_spec_untyped *u = builder_add(&b, SK_SPEC_UNTYPEDS);

    *u = (struct sk_spec_untyped){.size = size,
                                  .cnode = cnode,
                                  .slot = 1,
                                  .slot_count = 200,
                                  .info_frame = SK_SPEC_NONE,
                                  .min_bits = (uint8_t)min_bits};
    return u;
}

static void the_smallest_untyped_that_holds_a_group_is_used(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 30, false);
    add(0x80000000, 20, false);
    add(0x90000000, 24, false);
    (void)builder_group(&b, SK_SPEC_FRAME, 12, 100);
    (void)builder_group(&b, SK_SPEC_TCB, 0, 100);
    assert_int_equal(end(), SK_OK);
    assert_int_equal(model.object_paddr[FIRST_SLOT], 0x80000000);
    assert_int_equal(model.object_paddr[FIRST_SLOT + 100], 0x80000000 + 100 * 4096);
    assert_int_equal(in.retypes, 2);
    assert_int_equal(in.calls, 3); /* and the guard page */
}

static void what_is_used_already_comes_before_what_is_whole(void **state)
{
    (void)state;
    begin();
    add(0x80000000, 20, false);
    add(0x90000000, 24, false);
    add(0xa0000000, 12, false);
    (void)builder_group(&b, SK_SPEC_FRAME, 12, 300); /* only the second can hold them */
    (void)builder_group(&b, SK_SPEC_TCB, 0, 2);
    assert_int_equal(end(), SK_OK);
    assert_int_equal(model.object_paddr[FIRST_SLOT + 300], 0x90000000 + 300 * 4096);
    assert_int_equal(model.untypeds[2].used, 0);
}

static void a_group_is_made_in_batches_of_the_limit(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 30, false);
    (void)builder_group(&b, SK_SPEC_FRAME, 12, 256 * 3 + 1);
    assert_int_equal(end(), SK_OK);
    assert_int_equal(in.retypes, 4);
    assert_int_equal(model.largest_batch, 256);
}

static void a_group_that_fits_nowhere_is_parted(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 22, false);
    add(0x80000000, 24, false);
    add(0xa0000000, 23, false);
    (void)builder_group(&b, SK_SPEC_FRAME, 21, 8 + 4 + 1);
    assert_int_equal(end(), SK_OK);
    /* First where most fit, and the last one where it fits best. */
    assert_int_equal(model.object_paddr[FIRST_SLOT], 0x80000000);
    assert_int_equal(model.object_paddr[FIRST_SLOT + 8], 0xa0000000);
    assert_int_equal(model.object_paddr[FIRST_SLOT + 12], 0x40000000);
    assert_int_equal(in.retypes, 3);
}

static void gaps_before_addresses_stay_usable(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 24, false);
    (void)builder_group_at(&b, SK_SPEC_FRAME, 12, 1, 0x40403000, 0);
    /* All the rest, in pieces of up to 4 MiB: only with what the gap was filled with. */
    (void)builder_group(&b, SK_SPEC_FRAME, 12, (16 * MIB >> 12) - 1);
    assert_int_equal(end(), SK_OK);
    assert_int_equal(model.object_paddr[FIRST_SLOT], 0x40403000);
}

static void a_group_at_an_address_goes_on_in_the_next_untyped(void **state)
{
    (void)state;
    begin();
    add(0x80200000, 21, false);
    add(0x80000000, 21, false);
    uint32_t first = builder_group_at(&b, SK_SPEC_FRAME, 12, 600, 0x80100000, 0);
    assert_int_equal(end(), SK_OK);
    for (uint32_t n = 0; n < 600; n++) {
        assert_int_equal(model.object_paddr[FIRST_SLOT + first + n], 0x80100000 + 4096ull * n);
    }
}

static void device_memory_is_for_frames_at_addresses(void **state)
{
    (void)state;
    begin();
    add(0x09000000, 24, true);
    add(0x40000000, 24, false);
    (void)builder_group_at(&b, SK_SPEC_FRAME, 12, 1, 0x09010000, SK_SPEC_DEVICE);
    (void)builder_group(&b, SK_SPEC_TCB, 0, 1);
    assert_int_equal(end(), SK_OK);
    assert_int_equal(model.object_paddr[FIRST_SLOT], 0x09010000);
    assert_in_range(model.object_paddr[FIRST_SLOT + 1], 0x40000000, 0x41000000 - 1);
}

static void an_address_that_nobody_has_is_refused(void **state)
{
    static const uint64_t paddrs[] = {0x3ffff000, 0x41000000, 0x09000000};

    (void)state;
    for (unsigned n = 0; n < 3; n++) {
        begin();
        add(0x09000000, 24, true);
        add(0x40000000, 24, false);
        (void)builder_group_at(&b, SK_SPEC_FRAME, 12, 1, paddrs[n], 0);
        assert_int_equal(end(), SK_ERR_NO_MEMORY);
        assert_int_equal(in.table, SK_SPEC_GROUPS);
        assert_int_equal(in.record, 0);
        assert_int_equal(in.call, SK_INIT_CALL_COUNT);
    }
}

static void too_little_memory_is_told_with_the_group(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 16, false);
    (void)builder_group(&b, SK_SPEC_FRAME, 12, 15);
    (void)builder_group(&b, SK_SPEC_TCB, 0, 2);
    (void)builder_group(&b, SK_SPEC_ENDPOINT, 0, 1);
    assert_int_equal(end(), SK_ERR_NO_MEMORY);
    assert_int_equal(in.record, 2);
}

static void too_few_slots_are_told(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 24, false);
    (void)builder_group(&b, SK_SPEC_FRAME, 12, 3);
    in.end_slot = FIRST_SLOT + 3; /* none for the moment */
    assert_int_equal(end(), SK_ERR_NO_SLOT);
    assert_int_equal(in.table, SK_SPEC_TABLE_COUNT);
    assert_int_equal(in.calls, 0);
    begin();
    add(0x40000000, 24, false);
    (void)builder_group_at(&b, SK_SPEC_FRAME, 12, 1, 0x40003000, 0);
    in.end_slot = FIRST_SLOT + 3; /* one gap of two */
    assert_int_equal(end(), SK_ERR_NO_SLOT);
    assert_int_equal(in.table, SK_SPEC_GROUPS);
}

static void too_many_gaps_are_told(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 30, false);
    for (unsigned n = 0; n < 400; n++) {
        (void)builder_group_at(&b, SK_SPEC_FRAME, 12, 1, 0x40001000 + n * 0x2000ull, 0);
    }
    assert_int_equal(end(), SK_ERR_RANGE);
    assert_int_equal(in.table, SK_SPEC_GROUPS);
}

static void the_rest_is_given_whole_where_it_is(void **state)
{
    (void)state;
    begin();
    add(0x09000000, 24, true);
    add(0x40000000, 24, false);
    add(0x80000000, 30, false);
    add(0xc0000000, 10, false);
    uint32_t cnode = builder_group(&b, SK_SPEC_CNODE, 8, 1);
    gift(SK_SPEC_REST, cnode, 12)->flags = SK_SPEC_DEVICE;
    assert_int_equal(end(), SK_OK);
    /* Whole: the device's and the gigabyte; in pieces: the other; not at all: the small one. */
    assert_int_equal(model.moves, 2);
    assert_int_equal(model.untypeds[0].used, 1ull << 24);
    assert_int_equal(model.untypeds[2].used, 1ull << 30);
    assert_int_equal(model.untypeds[3].used, 0);
    assert_int_equal(model.given, (1ull << 30) + 16 * MIB - 8192);
}

static void pieces_that_are_too_small_stay(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 24, false);
    uint32_t cnode = builder_group(&b, SK_SPEC_CNODE, 8, 1);
    (void)builder_group(&b, SK_SPEC_ENDPOINT, 0, 1);
    (void)gift(SK_SPEC_REST, cnode, 20);
    assert_int_equal(end(), SK_OK);
    assert_int_equal(model.given, 15 * MIB);
}

static void a_size_is_given_in_powers_of_two(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 24, false);
    add(0x80000000, 22, false);
    uint32_t cnode = builder_group(&b, SK_SPEC_CNODE, 8, 1);
    struct sk_spec_untyped *u = gift(7 * MIB, cnode, 12);
    u->slot_count = 3;
    assert_int_equal(end(), SK_OK);
    assert_int_equal(model.given, 7 * MIB);
    begin();
    add(0x40000000, 24, false);
    cnode = builder_group(&b, SK_SPEC_CNODE, 8, 1);
    gift(7 * MIB, cnode, 12)->slot_count = 2;
    assert_int_equal(end(), SK_ERR_NO_SLOT);
    assert_int_equal(in.table, SK_SPEC_UNTYPEDS);
}

static void a_size_is_put_together_from_smaller_pieces(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 20, false);
    add(0x50000000, 20, false);
    add(0x60000000, 14, false);
    uint32_t cnode = builder_group(&b, SK_SPEC_CNODE, 8, 1);
    (void)gift(2 * MIB, cnode, 12);
    assert_int_equal(end(), SK_OK);
    assert_int_equal(model.given, 2 * MIB);
    assert_int_equal(model.moves, 2);
    begin();
    add(0x40000000, 20, false);
    cnode = builder_group(&b, SK_SPEC_CNODE, 8, 1);
    (void)gift(MIB, cnode, 12);
    assert_int_equal(end(), SK_ERR_NO_MEMORY);
}

static void memory_of_a_size_is_given_once(void **state)
{
    (void)state;
    begin();
    add(0x40000000, 24, false);
    uint32_t cnode = builder_group(&b, SK_SPEC_CNODE, 8, 3);
    (void)gift(4 * MIB, cnode, 12);
    (void)gift(4 * MIB, cnode + 1, 12);
    (void)gift(SK_SPEC_REST, cnode + 2, 4);
    assert_int_equal(end(), SK_OK);
    /* All of it but the CNodes: gaps were filled, and so can be given. */
    assert_int_equal(model.given, 16 * MIB - 3 * 8192);
}

static uint64_t seed = 20261122;

static uint64_t next_random(uint64_t below)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (seed * 0x2545f4914f6cdd1dull >> 20) % below;
}

static void add_random_groups(void)
{
    uint64_t paddr = 0x40000000;

    for (uint64_t n = next_random(6); n > 0; n--) {
        paddr += next_random(300) << 12;
        uint32_t count = 1 + (uint32_t)next_random(40);
        (void)builder_group_at(&b, SK_SPEC_FRAME, 12, count, paddr, 0);
        paddr += (uint64_t)count << 12;
    }
    uint32_t cnode = builder_group(&b, SK_SPEC_CNODE, 8 + (unsigned)next_random(4), 3);
    (void)builder_group(&b, SK_SPEC_FRAME, 21, 1 + (uint32_t)next_random(4));
    (void)builder_group(&b, SK_SPEC_FRAME, 12, 1 + (uint32_t)next_random(900));
    (void)builder_group(&b, SK_SPEC_TCB, 0, 1 + (uint32_t)next_random(70));
    (void)builder_group(&b, SK_SPEC_NOTIFICATION, 0, 1 + (uint32_t)next_random(70));
    (void)builder_group(&b, SK_SPEC_ENDPOINT, 0, 1 + (uint32_t)next_random(70));
    if (next_random(2) != 0) {
        (void)gift((1 + next_random(1000)) << 12, cnode, 12);
    }
    (void)gift(SK_SPEC_REST, cnode + 1, 4 + (unsigned)next_random(10));
}

/* The model looks at each step. Where there is enough memory nothing fails. */
static void random_systems_get_their_memory(void **state)
{
    unsigned good = 0;

    (void)state;
    for (unsigned n = 0; n < 400; n++) {
        uint64_t paddr = 0x40000000;
        sk_err err;

        begin();
        while (model.count < 4 + n % 20) {
            unsigned bits = 12 + (unsigned)next_random(12);

            paddr = (paddr + (1ull << bits) - 1) >> bits << bits;
            add(paddr, bits, false);
            paddr += 1ull << bits;
        }
        add_random_groups();
        err = end();
        good += err == SK_OK;
        assert_true(err == SK_OK || err == SK_ERR_NO_MEMORY);
    }
    assert_in_range(good, 20, 399);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_smallest_untyped_that_holds_a_group_is_used),
        cmocka_unit_test(what_is_used_already_comes_before_what_is_whole),
        cmocka_unit_test(a_group_is_made_in_batches_of_the_limit),
        cmocka_unit_test(a_group_that_fits_nowhere_is_parted),
        cmocka_unit_test(gaps_before_addresses_stay_usable),
        cmocka_unit_test(a_group_at_an_address_goes_on_in_the_next_untyped),
        cmocka_unit_test(device_memory_is_for_frames_at_addresses),
        cmocka_unit_test(an_address_that_nobody_has_is_refused),
        cmocka_unit_test(too_little_memory_is_told_with_the_group),
        cmocka_unit_test(too_few_slots_are_told),
        cmocka_unit_test(too_many_gaps_are_told),
        cmocka_unit_test(the_rest_is_given_whole_where_it_is),
        cmocka_unit_test(pieces_that_are_too_small_stay),
        cmocka_unit_test(a_size_is_given_in_powers_of_two),
        cmocka_unit_test(a_size_is_put_together_from_smaller_pieces),
        cmocka_unit_test(memory_of_a_size_is_given_once),
        cmocka_unit_test(random_systems_get_their_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
