/*
 * Untyped pools on the host core: what the pool says against what the kernel says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/untyped_pool.h>

#include <selkie/cap/cnode.h>

#include "ground.h"
#include "traps.h"

#define LIVES 200

static struct ground g;

static seL4_Word size_of(sk_piece piece)
{
    return (seL4_Word)1 << sk_piece_bits(piece);
}

/* Pieces are aligned, within the memory, and no two have a byte in common. */
static char owner[(1 << GROUND_BITS) / 16];

static void mark(sk_piece piece, char from, char to)
{
    uint64_t offset = sk_piece_paddr(piece) - g.paddr;

    assert_int_equal(offset % size_of(piece), 0);
    assert_true(offset + size_of(piece) <= sizeof(owner) * 16);
    for (uint64_t n = offset / 16; n < (offset + size_of(piece)) / 16; n++) {
        assert_int_equal(owner[n], from);
        owner[n] = to;
    }
}

/* The kernel's count of slots that taking a piece filled is what was said before. */
static sk_err take_as_told(unsigned bits, sk_piece *ret_piece)
{
    seL4_Word full = ground_full_slots();
    seL4_Word free_bytes = g.untypeds.free_bytes;
    seL4_Word needed;
    sk_err told;
    sk_err err;

    told = sk_untyped_pool_slots_needed(&g.untypeds, bits, &needed);
    /* Telling may have joined what was free. */
    assert_true(ground_full_slots() <= full);
    full = ground_full_slots();
    err = sk_untyped_pool_take(&g.untypeds, bits, ret_piece);
    assert_int_equal(err, told);
    if (err == SK_OK) {
        assert_int_equal(ground_full_slots(), full + needed);
        assert_int_equal(g.untypeds.free_bytes, free_bytes - size_of(*ret_piece));
    } else {
        assert_int_equal(ground_full_slots(), full);
        assert_int_equal(g.untypeds.free_bytes, free_bytes);
        assert_int_equal(err, (seL4_Word)1 << bits > free_bytes ? SK_ERR_NO_MEMORY
                                                                : SK_ERR_FRAGMENTED);
    }
    return err;
}

static void the_slots_of_a_split_are_known_before_it_is_done(void **state)
{
    struct random r = {7};
    static sk_piece live[LIVES];
    seL4_Word full;
    unsigned refused = 0;

    (void)state;
    ground_open(&g);
    full = ground_full_slots();
    for (unsigned step = 0; step < 20000; step++) {
        sk_piece *piece = &live[random_below(&r, LIVES)];

        if (piece->id != 0) {
            mark(*piece, 1, 0);
            sk_untyped_pool_give(&g.untypeds, *piece);
            *piece = (sk_piece){0};
        } else if (take_as_told(4 + (unsigned)random_below(&r, 15), piece) == SK_OK) {
            mark(*piece, 0, 1);
        } else {
            refused++;
        }
        if (step % 100 == 0) {
            ground_check(&g);
        }
    }
    assert_true(refused > 100);
    for (unsigned n = 0; n < LIVES; n++) {
        if (live[n].id != 0) {
            sk_untyped_pool_give(&g.untypeds, live[n]);
        }
    }
    sk_untyped_pool_join(&g.untypeds);
    ground_check(&g);
    assert_int_equal(g.untypeds.free_bytes, 1 << GROUND_BITS);
    assert_int_equal(g.untypeds.split_count, 0);
    assert_int_equal(g.slots.free_count, g.slots.count);
    assert_int_equal(ground_full_slots(), full);
}

static void copies_are_dead_before_memory_is_handed_out_again(void **state)
{
    sk_piece piece;
    sk_piece again;
    sk_slot object;
    sk_slot copy;

    (void)state;
    ground_open(&g);
    object = ground_slot(&g);
    copy = ground_slot(&g);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, 12, &piece), SK_OK);
    assert_int_equal(sk_untyped_pool_make(&g.untypeds, piece, sk_blueprint_frame(12),
                                          (sk_slots){object, 1}, sk_node_whole(12)),
                     SK_OK);
    assert_int_equal(sk_slot_copy(copy, object, seL4_AllRights), SK_OK);
    assert_int_equal(sk_slot_delete(object), SK_OK);
    assert_true(ground_is_full(copy.index));
    sk_untyped_pool_give(&g.untypeds, piece);
    assert_false(ground_is_full(copy.index));
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, 12, &again), SK_OK);
    assert_int_equal(again.id, piece.id);
    /* The whole of it can be used again. */
    assert_int_equal(sk_untyped_pool_make(&g.untypeds, again, sk_blueprint_frame(12),
                                          (sk_slots){object, 1}, sk_node_whole(12)),
                     SK_OK);
    sk_untyped_pool_give(&g.untypeds, again);
    ground_check(&g);
}

static void too_little_memory_and_fragmented_memory_are_told_apart(void **state)
{
    sk_piece quarter[4];
    sk_piece piece;

    (void)state;
    ground_open(&g);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS + 1, &piece),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, 64, &piece), SK_ERR_NO_MEMORY);
    for (unsigned n = 0; n < 4; n++) {
        assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS - 2, &quarter[n]),
                         SK_OK);
    }
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, 4, &piece), SK_ERR_NO_MEMORY);
    sk_untyped_pool_give(&g.untypeds, quarter[0]);
    sk_untyped_pool_give(&g.untypeds, quarter[2]);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS - 1, &piece),
                     SK_ERR_FRAGMENTED);
    sk_untyped_pool_give(&g.untypeds, quarter[1]);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS - 1, &piece), SK_OK);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS - 1, &piece),
                     SK_ERR_NO_MEMORY);
}

static void a_split_without_slots_or_records_leaves_all_as_it_was(void **state)
{
    sk_slots all;
    sk_piece piece;
    seL4_Word full;

    (void)state;
    for (unsigned spare = 0; spare < 18; spare++) {
        ground_open(&g);
        full = ground_full_slots();
        while (g.slots.free_count > spare) {
            assert_int_equal(sk_slot_pool_take(&g.slots, 1, &all), SK_OK);
        }
        assert_int_equal(sk_untyped_pool_take(&g.untypeds, 12, &piece), SK_ERR_NO_SLOT);
        assert_int_equal(g.untypeds.free_bytes, 1 << GROUND_BITS);
        assert_int_equal(g.untypeds.split_count, 0);
        assert_int_equal(g.slots.free_count, spare);
        assert_int_equal(ground_full_slots(), full);

        ground_open(&g);
        while (g.records.free_count > spare / 2) {
            assert_non_null(sk_record_pool_take(&g.records));
        }
        assert_int_equal(sk_untyped_pool_take(&g.untypeds, 12, &piece),
                         spare / 2 < 9 ? SK_ERR_NO_MEMORY : SK_OK);
        assert_int_equal(g.untypeds.split_count, 0);
        assert_int_equal(g.records.free_count, spare / 2);
        assert_int_equal(ground_full_slots(), full);
        ground_check(&g);
    }
}

static void slots_of_idle_halves_are_found_when_they_are_needed(void **state)
{
    sk_slots one;
    sk_piece piece;
    sk_piece other;

    (void)state;
    ground_open(&g);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, g.paddr, 12, &piece), SK_OK);
    sk_untyped_pool_give(&g.untypeds, piece);
    assert_int_equal(g.untypeds.split_count, 9);
    assert_int_equal(g.untypeds.idle_count, 1);
    while (g.slots.free_count != 0) {
        assert_int_equal(sk_slot_pool_take(&g.slots, 1, &one), SK_OK);
    }
    /* A half of 32 bytes needs 7 more splits, of which joining pays for 9. */
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS - 8, &other), SK_OK);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, 5, &piece), SK_ERR_NO_SLOT);
    sk_untyped_pool_give(&g.untypeds, other);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS, &piece), SK_OK);
    assert_int_equal(g.slots.free_count, 18);
    ground_check(&g);
}

static void memory_is_taken_at_an_address(void **state)
{
    sk_piece a;
    sk_piece b;
    uint64_t at;

    (void)state;
    ground_open(&g);
    at = g.paddr + 0x123000;
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at, 12, &a), SK_OK);
    assert_int_equal(sk_piece_paddr(a), at);
    assert_int_equal(sk_piece_bits(a), 12);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at, 12, &b), SK_ERR_REVOKE_FIRST);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at & ~0x1fffull, 13, &b),
                     SK_ERR_REVOKE_FIRST);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at + 64, 6, &b), SK_ERR_REVOKE_FIRST);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at + 64, 12, &b), SK_ERR_ALIGNMENT);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at, 3, &b), SK_ERR_RANGE);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, 0x1000, 12, &b), SK_ERR_RANGE);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, g.paddr, GROUND_BITS + 1, &b),
                     (g.paddr >> GROUND_BITS & 1) ? SK_ERR_ALIGNMENT : SK_ERR_RANGE);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at + 0x1000, 12, &b), SK_OK);
    sk_untyped_pool_give(&g.untypeds, a);
    sk_untyped_pool_give(&g.untypeds, b);
    assert_true(g.untypeds.idle_count != 0);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, g.paddr, GROUND_BITS, &a), SK_OK);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at, 12, &b), SK_ERR_REVOKE_FIRST);
    sk_untyped_pool_give(&g.untypeds, a);
    ground_check(&g);
}

/* The device untyped of the boot info that is largest, and its slot. */
static seL4_UntypedDesc largest_device(seL4_CPtr *ret_slot)
{
    const seL4_BootInfo *info = g.kernel.info;
    seL4_UntypedDesc best = {0};

    for (seL4_Word n = 0; n < info->untyped.end - info->untyped.start; n++) {
        if (info->untypedList[n].isDevice && info->untypedList[n].sizeBits > best.sizeBits) {
            best = info->untypedList[n];
            *ret_slot = info->untyped.start + n;
        }
    }
    return best;
}

static void device_memory_is_taken_at_its_address_only(void **state)
{
    seL4_CPtr slot = 0;
    seL4_UntypedDesc device;
    seL4_Word splits;
    seL4_Word full;
    sk_piece piece;
    uint64_t at;
    sk_slot object;

    (void)state;
    ground_open(&g);
    device = largest_device(&slot);
    assert_true(device.sizeBits > 12);
    full = ground_full_slots();
    assert_int_equal(sk_untyped_pool_add(&g.untypeds,
                                         sk_slot_at((sk_cnode){g.kernel.cnode}, slot),
                                         device.paddr, device.sizeBits, true),
                     SK_OK);
    assert_int_equal(g.untypeds.free_bytes, 1 << GROUND_BITS);
    assert_int_equal(g.untypeds.total_bytes, 1 << GROUND_BITS);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS + 1, &piece),
                     SK_ERR_NO_MEMORY);
    splits = device.sizeBits - 12u;
    at = device.paddr + ((uint64_t)1 << device.sizeBits) - 4096;
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, at, 12, &piece), SK_OK);
    assert_int_equal(ground_full_slots(), full + 2 * splits);
    object = ground_slot(&g);
    assert_int_equal(sk_untyped_pool_make(&g.untypeds, piece, SK_BLUEPRINT(TCB),
                                          (sk_slots){object, 1}, sk_node_whole(12)),
                     SK_ERR_INVALID_ARGUMENT);
    assert_int_equal(sk_untyped_pool_make(&g.untypeds, piece, sk_blueprint_frame(12),
                                          (sk_slots){object, 1}, sk_node_whole(12)),
                     SK_OK);
    seL4_ARM_Page_GetAddress_t where = seL4_ARM_Page_GetAddress(object.index);
    assert_int_equal(where.paddr, at);
    ground_check(&g);
    sk_untyped_pool_give(&g.untypeds, piece);
    assert_int_equal(g.untypeds.split_count, 0);
    assert_int_equal(ground_full_slots(), full);
    assert_int_equal(g.untypeds.free_bytes, 1 << GROUND_BITS);
    ground_check(&g);
}

static void a_piece_becomes_many_objects_at_once(void **state)
{
    sk_piece piece;
    sk_slots slots;
    seL4_Word full;

    (void)state;
    ground_open(&g);
    assert_int_equal(sk_slot_pool_take(&g.slots, 300, &slots), SK_OK);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, 21, &piece), SK_OK);
    full = ground_full_slots();
    assert_int_equal(sk_untyped_pool_make(&g.untypeds, piece, sk_blueprint_frame(12), slots,
                                          sk_node_whole(12)),
                     SK_OK);
    assert_int_equal(ground_full_slots(), full + 300);
    for (seL4_Word n = 0; n < 300; n++) {
        seL4_ARM_Page_GetAddress_t where =
            seL4_ARM_Page_GetAddress(sk_slots_get(slots, n).index);

        assert_int_equal(where.paddr, sk_piece_paddr(piece) + n * 4096);
    }
    sk_untyped_pool_give(&g.untypeds, piece);
    assert_int_equal(ground_full_slots(), full);
    ground_check(&g);
}

static void a_piece_is_found_by_its_number(void **state)
{
    sk_piece piece[40];

    (void)state;
    ground_open(&g);
    for (unsigned n = 0; n < 40; n++) {
        assert_int_equal(sk_untyped_pool_take(&g.untypeds, 4 + n % 13, &piece[n]), SK_OK);
    }
    for (unsigned n = 0; n < 40; n++) {
        seL4_Word number = sk_piece_number(&g.untypeds, piece[n]);

        assert_true(number != 0 && number >> 32 == 0);
        assert_int_equal(sk_untyped_pool_piece(&g.untypeds, number).id, piece[n].id);
        sk_untyped_pool_give(&g.untypeds, piece[n]);
    }
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS, &piece[0]), SK_OK);
    assert_int_equal(
        sk_untyped_pool_piece(&g.untypeds, sk_piece_number(&g.untypeds, piece[0])).id,
        piece[0].id);
    assert_int_equal(sk_piece_untyped(&g.untypeds, piece[0]).index, g.untyped.index);
}

static void give_twice(void *arg)
{
    sk_piece piece = {0};

    (void)arg;
    (void)!sk_untyped_pool_take(&g.untypeds, 12, &piece);
    sk_untyped_pool_give(&g.untypeds, piece);
    sk_untyped_pool_give(&g.untypeds, piece);
}

static void giving_a_piece_twice_traps(void **state)
{
    (void)state;
    ground_open(&g);
    assert_true(traps(give_twice, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_slots_of_a_split_are_known_before_it_is_done),
        cmocka_unit_test(copies_are_dead_before_memory_is_handed_out_again),
        cmocka_unit_test(too_little_memory_and_fragmented_memory_are_told_apart),
        cmocka_unit_test(a_split_without_slots_or_records_leaves_all_as_it_was),
        cmocka_unit_test(slots_of_idle_halves_are_found_when_they_are_needed),
        cmocka_unit_test(memory_is_taken_at_an_address),
        cmocka_unit_test(device_memory_is_taken_at_its_address_only),
        cmocka_unit_test(a_piece_becomes_many_objects_at_once),
        cmocka_unit_test(a_piece_is_found_by_its_number),
        cmocka_unit_test(giving_a_piece_twice_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
