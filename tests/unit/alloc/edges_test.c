/*
 * Uses of the allocators that are allowed and rare: what one call leaves behind and the next
 * one meets.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/manager.h>
#include <selkie/alloc/scope.h>
#include <selkie/cap/asid_pool.h>
#include <stdlib.h>

#include "boot_rest.h"
#include "scene.h"
#include "traps.h"

#define PAGE  0x1000ul
#define LARGE 0x200000ul

static struct ground g;
static struct scene s;
static struct sk_source *const source = &s.manager.source;

/* Frames that were made together are mapped, and freed without being unmapped first. */
static void freeing_frames_that_were_made_together_unmaps_them(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    sk_blueprint page = sk_blueprint_frame(12);
    sk_slots slots;

    (void)state;
    scene_open(&s, false);
    before = scene_stats(&s);
    assert_int_equal(source->take_slots(source, 4, &slots), SK_OK);
    for (unsigned round = 0; round < 2; round++) {
        assert_int_equal(source->make_objects(source, page, slots), SK_OK);
        for (unsigned n = 0; n < slots.count; n++) {
            sk_frame frame = {sk_slot_cptr(sk_slots_get(slots, n))};

            assert_int_equal(source->map(source, frame, 0x9000000 + n * PAGE, SK_RW), SK_OK);
        }
        source->free_objects(source, page, slots);
        assert_int_equal(s.manager.space.mapped_bytes, 0);
    }
    source->give_slots(source, slots);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    scene_close(&s);
}

/* How many bytes a mapping of this frame covers; 0: it cannot be mapped there. */
static seL4_Word mapped_size(sk_slot slot, uintptr_t vaddr)
{
    sk_frame frame = {sk_slot_cptr(slot)};
    seL4_Word size = 0;

    if (source->map(source, frame, vaddr, SK_RW) == SK_OK) {
        size = s.manager.space.mapped_bytes;
        source->unmap(source, frame);
    }
    return size;
}

/* A piece of 512 pages is as large as a large page. */
static void frames_that_were_made_together_are_mapped_by_their_own_size(void **state)
{
    uint64_t first, last;
    sk_slots slots;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 512, &slots), SK_OK);
    assert_int_equal(source->make_objects(source, sk_blueprint_frame(12), slots), SK_OK);
    assert_int_equal(mapped_size(slots.first, 0x9001000), PAGE);
    assert_int_equal(mapped_size(sk_slots_get(slots, 511), 0x9001000), PAGE);
    assert_int_equal(sk_manager_paddr(&s.manager, slots.first, &first), SK_OK);
    assert_int_equal(sk_manager_paddr(&s.manager, sk_slots_get(slots, 511), &last), SK_OK);
    assert_int_equal(last - first, 511 * PAGE);
    source->free_objects(source, sk_blueprint_frame(12), slots);
    source->give_slots(source, slots);

    assert_int_equal(source->take_slots(source, 2, &slots), SK_OK);
    assert_int_equal(source->make_objects(source, sk_blueprint_frame(21), slots), SK_OK);
    assert_int_equal(mapped_size(slots.first, 0x9200000), LARGE);
    assert_int_equal(mapped_size(sk_slots_get(slots, 1), 0x9200000), LARGE);
    source->free_objects(source, sk_blueprint_frame(21), slots);
    source->give_slots(source, slots);
    scene_close(&s);
}

static void free_second(void *arg)
{
    sk_slots *slots = (sk_slots *)arg;

    source->free_object(source, sk_blueprint_frame(12), sk_slots_get(*slots, 1));
}

static void one_of_those_that_were_made_together_cannot_be_freed(void **state)
{
    sk_slots slots;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 2, &slots), SK_OK);
    assert_int_equal(source->make_objects(source, sk_blueprint_frame(12), slots), SK_OK);
    assert_true(traps(free_second, &slots));
}

/* The table that is kept when its last page goes is no reason to do without a large page. */
static void a_kept_table_is_not_in_the_way_of_a_large_page(void **state)
{
    struct sk_address_space *as = &s.manager.space;
    struct sk_map_options options = {.vaddr = 0x20000000};
    uintptr_t vaddr, start;
    sk_frame frame;
    unsigned bits;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(sk_address_space_map_new(as, PAGE, &options, &vaddr), SK_OK);
    sk_address_space_release(as, vaddr);
    options.min_page_bits = 21;
    assert_int_equal(sk_address_space_map_new(as, LARGE, &options, &vaddr), SK_OK);
    sk_address_space_release(as, vaddr);

    options.min_page_bits = 0;
    assert_int_equal(sk_address_space_map_new(as, PAGE, &options, &vaddr), SK_OK);
    sk_address_space_release(as, vaddr);
    assert_int_equal(sk_address_space_map_new(as, LARGE, &options, &vaddr), SK_OK);
    assert_int_equal(sk_address_space_frame(as, vaddr, &frame, &start, &bits), SK_OK);
    assert_int_equal(bits, 21);
    sk_address_space_release(as, vaddr);
    (void)scene_stats(&s);
    scene_close(&s);
}

/* A device untyped of the boot info. */
static seL4_CPtr device_untyped(seL4_UntypedDesc *ret_desc)
{
    const seL4_BootInfo *info = g.kernel.info;
    seL4_Word n = 0;

    while (!info->untypedList[n].isDevice || info->untypedList[n].sizeBits < 16) {
        n++;
        assert_true(n < info->untyped.end - info->untyped.start);
    }
    *ret_desc = info->untypedList[n];
    return info->untyped.start + n;
}

/* A table of somebody else's costs the large page in its place, and no other. */
static void a_foreign_table_costs_one_large_page(void **state)
{
    static const unsigned want[] = {21, 12, 21};
    struct sk_map_options options = {.vaddr = 0x40000000};
    struct sk_address_space as;
    struct sk_address_space other;
    sk_slots slot;
    uintptr_t vaddr;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 1, &slot), SK_OK);
    assert_int_equal(source->make_object(source, sk_blueprint_vspace(), slot.first), SK_OK);
    sk_vspace vspace = {sk_slot_cptr(slot.first)};
    assert_int_equal(sk_asid_pool_assign((sk_asid_pool){seL4_CapInitThreadASIDPool}, vspace),
                     SK_OK);
    sk_address_space_init(&other, vspace, source, 0x40201000, 0x40400000, NULL);
    assert_int_equal(sk_address_space_map_new(&other, 0x1000, NULL, &vaddr), SK_OK);
    sk_address_space_release(&other, vaddr);
    sk_address_space_init(&as, vspace, source, 0x40000000, 0x80000000, NULL);
    assert_int_equal(sk_address_space_map_new(&as, 3 * LARGE, &options, &vaddr), SK_OK);
    for (unsigned n = 0; n < 3; n++) {
        sk_frame frame;
        uintptr_t start;
        unsigned bits;

        assert_int_equal(
            sk_address_space_frame(&as, vaddr + n * LARGE + 0x3000, &frame, &start, &bits),
            SK_OK);
        assert_int_equal(bits, want[n]);
    }
    assert_true(sk_address_space_check(&as));
    sk_address_space_fini(&as);
    sk_address_space_fini(&other);
    source->free_object(source, sk_blueprint_vspace(), slot.first);
    source->give_slots(source, slot);
    scene_close(&s);
}

static void device_memory_is_whole_again_when_a_split_fails(void **state)
{
    seL4_UntypedDesc desc;
    sk_slot untyped;
    sk_slots one;
    sk_piece piece;

    (void)state;
    ground_open(&g);
    untyped = sk_slot_at((sk_cnode){g.kernel.cnode}, device_untyped(&desc));
    assert_int_equal(sk_untyped_pool_add(&g.untypeds, untyped, desc.paddr, desc.sizeBits, true),
                     SK_OK);
    while (g.slots.free_count > 5) {
        assert_int_equal(sk_slot_pool_take(&g.slots, 1, &one), SK_OK);
    }
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, desc.paddr, 12, &piece),
                     SK_ERR_NO_SLOT);
    assert_int_equal(g.slots.free_count, 5);
    assert_int_equal(g.untypeds.split_count, 0);
    ground_check(&g);
}

/* Slots are left, but no two in a row: those of halves that are free are. */
static void slots_of_idle_halves_are_found_when_those_left_are_single(void **state)
{
    sk_slots row, one;
    sk_piece upper, lower, piece;

    (void)state;
    ground_open(&g);
    /* Of one half all that is idle is two quarters; of the other one there are eighths. */
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, g.paddr, 12, &lower), SK_OK);
    assert_int_equal(sk_untyped_pool_take_at(
                         &g.untypeds, g.paddr + ((uint64_t)1 << (GROUND_BITS - 1)), 14, &upper),
                     SK_OK);
    /* All other slots go, and some that have no neighbour come back. */
    assert_int_equal(sk_slot_pool_take(&g.slots, 64, &row), SK_OK);
    while (sk_slot_pool_take(&g.slots, 1, &one) == SK_OK) {
    }
    for (unsigned n = 0; n < 64; n += 2) {
        sk_slot_pool_give(&g.slots, (sk_slots){sk_slots_get(row, n), 1});
    }
    sk_untyped_pool_give(&g.untypeds, upper);
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, 11, &piece), SK_OK);
    sk_untyped_pool_give(&g.untypeds, piece);
    /* The same at an address. */
    assert_int_equal(sk_untyped_pool_take_at(
                         &g.untypeds, g.paddr + (1u << GROUND_BITS) - 0x4000, 14, &upper),
                     SK_OK);
    sk_untyped_pool_give(&g.untypeds, upper);
    assert_true(g.untypeds.idle_count != 0);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, g.paddr + 0x1000, 10, &piece), SK_OK);
    sk_untyped_pool_give(&g.untypeds, piece);
    sk_untyped_pool_give(&g.untypeds, lower);
    sk_untyped_pool_join(&g.untypeds);
    assert_int_equal(g.untypeds.split_count, 0);
    ground_check(&g);
}

/* Slots that are kept in reserve are not for splits: who grows with them sets it to 0. */
static void slots_in_reserve_are_left_to_others(void **state)
{
    sk_slots one;
    sk_piece piece;

    (void)state;
    ground_open(&g);
    g.untypeds.slot_reserve = 3;
    while (g.slots.free_count > 4) {
        assert_int_equal(sk_slot_pool_take(&g.slots, 1, &one), SK_OK);
    }
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS - 1, &piece),
                     SK_ERR_NO_SLOT);
    assert_int_equal(sk_untyped_pool_take_at(&g.untypeds, g.paddr, GROUND_BITS - 1, &piece),
                     SK_ERR_NO_SLOT);
    assert_int_equal(g.slots.free_count, 4);
    g.untypeds.slot_reserve = 2;
    assert_int_equal(sk_untyped_pool_take(&g.untypeds, GROUND_BITS - 1, &piece), SK_OK);
    ground_check(&g);
}

/* What is refused takes nothing: not even memory to write down what was not taken. */
static void a_row_that_cannot_be_leaves_the_scope_as_it_was(void **state)
{
    static const seL4_Word counts[] = {100000, 0x10000000, ~(seL4_Word)0};
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    sk_slots slots;

    (void)state;
    for (unsigned two = 0; two < 2; two++) {
        scene_open(&s, two != 0);
        before = scene_stats(&s);
        for (unsigned n = 0; n < sizeof(counts) / sizeof(counts[0]); n++) {
            SK_SCOPE(scope, source);

            assert_int_equal(source->take_slots(source, counts[n], &slots), SK_ERR_NO_SLOT);
            assert_int_equal(scope.source.take_slots(&scope.source, counts[n], &slots),
                             SK_ERR_NO_SLOT);
            after = scene_stats(&s);
            scene_check_same(&before, &after);
        }
    }
}

/*
 * As many untypeds as a boot info has, and what is needed is in the largest of them. A chunk
 * less stands for the splits of an untyped that is larger than this machine's.
 */
static void the_memory_to_start_with_is_enough_for_any_boot_info(void **state)
{
    static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
    struct sk_manager_options options = {
        .memory = memory,
        .memory_size = sizeof(memory) - SK_RECORD_CHUNK,
        .vspace_start = 0x10000000,
        .vspace_end = 0x7f000000,
    };
    static struct sk_manager m;
    struct host_kernel kernel = host_kernel_boot();
    seL4_BootInfo info = *kernel.info;
    seL4_Word most = sizeof(info.untypedList) / sizeof(info.untypedList[0]);
    uintptr_t vaddr;

    (void)state;
    boot_rest = (struct sk_boot_rest){.index = most};
    info.untyped.start = kernel.next_slot;
    info.untyped.end = info.untyped.start + most;
    for (seL4_Word n = 0; n < most; n++) {
        unsigned bits = n + 1 == most ? 21 : seL4_MinUntypedBits;

        info.untypedList[n] = (seL4_UntypedDesc){.sizeBits = (seL4_Uint8)bits};
        assert_int_equal(host_kernel_make(&kernel, seL4_UntypedObject, bits),
                         info.untyped.start + n);
    }
    info.empty.start = kernel.next_slot;
    assert_int_equal(sk_manager_init_boot(&m, &info, &options), SK_OK);
    for (unsigned n = 0; n < 100; n++) {
        assert_int_equal(m.source.take_pages(&m.source, 1, &vaddr), SK_OK);
    }
    assert_true(sk_manager_check(&m));
}

static sk_slot make_one(sk_blueprint what, sk_err *ret_err)
{
    sk_slots slot = {0};

    *ret_err = source->take_slots(source, 1, &slot);
    if (*ret_err == SK_OK) {
        *ret_err = source->make_object(source, what, slot.first);
    }
    return slot.first;
}

/* Pages need not be in one piece: to who wants some, memory in smaller pieces is none. */
static void pages_are_out_of_memory_and_never_fragmented(void **state)
{
    sk_slot last[3] = {{{0}, 0, 0}};
    sk_slot half[3];
    uintptr_t vaddr;
    sk_err err;

    (void)state;
    scene_open(&s, false);
    do {
        (void)make_one(sk_blueprint_frame(21), &err);
    } while (err == SK_OK);
    for (;;) {
        sk_slot slot = make_one(sk_blueprint_frame(12), &err);

        if (err != SK_OK) {
            break;
        }
        last[0] = last[1];
        last[1] = last[2];
        last[2] = slot;
    }
    source->free_object(source, sk_blueprint_frame(12), last[0]);
    source->free_object(source, sk_blueprint_frame(12), last[2]);
    for (unsigned n = 0; n < 3; n++) {
        half[n] = make_one(sk_blueprint_untyped(11), &err);
        assert_int_equal(err, SK_OK);
    }
    source->free_object(source, sk_blueprint_untyped(11), half[0]);
    assert_int_equal(source->make_object(source, sk_blueprint_frame(12), half[0]),
                     SK_ERR_FRAGMENTED);
    assert_int_equal(source->take_pages(source, 1, &vaddr), SK_ERR_NO_MEMORY);
    assert_true(sk_manager_check(&s.manager));
}

/* All memory but for so many pages. */
static void leave_pages(unsigned count)
{
    sk_slot last[4] = {0};
    sk_err err;

    assert_true(count <= 4);
    do {
        (void)make_one(sk_blueprint_frame(21), &err);
    } while (err == SK_OK);
    for (unsigned n = 0;; n++) {
        sk_slot slot = make_one(sk_blueprint_frame(12), &err);

        if (err != SK_OK) {
            break;
        }
        last[n % 4] = slot;
    }
    for (unsigned n = 0; n < count; n++) {
        source->free_object(source, sk_blueprint_frame(12), last[n]);
    }
}

static void a_scope_without_memory_for_its_books_takes_nothing(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    sk_slots slots;

    (void)state;
    scene_open(&s, false);
    leave_pages(4);
    before = scene_stats(&s);
    assert_true(before.free_slots > 1000);
    {
        SK_SCOPE(scope, source);

        assert_int_equal(scope.source.take_slots(&scope.source, 500, &slots), SK_ERR_NO_MEMORY);
        after = scene_stats(&s);
        scene_check_same(&before, &after);
    }
    after = scene_stats(&s);
    scene_check_same(&before, &after);
}

/* Objects that many records are needed for, all given back: some chunks are kept. */
static void make_books_grow(void)
{
    static sk_slot live[1000];
    sk_err err;

    for (unsigned n = 0; n < 1000; n++) {
        live[n] = make_one(SK_BLUEPRINT(Notification), &err);
        assert_int_equal(err, SK_OK);
    }
    for (unsigned n = 0; n < 1000; n++) {
        source->free_object(source, SK_BLUEPRINT(Notification), live[n]);
        source->give_slots(source, (sk_slots){live[n], 1});
    }
    assert_true(s.manager.records.chunk_count != 0);
}

static void what_is_kept_for_the_books_is_given_up_when_it_is_wanted(void **state)
{
    unsigned bits = 30;
    seL4_Word count = 3500;
    uintptr_t vaddr;
    sk_slots slot;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 1, &slot), SK_OK);
    while (source->make_object(source, sk_blueprint_untyped(bits), slot.first) != SK_OK) {
        bits--;
    }
    source->free_object(source, sk_blueprint_untyped(bits), slot.first);
    while (source->take_pages(source, count, &vaddr) != SK_OK) {
        count--;
    }
    source->give_pages(source, vaddr, count);

    make_books_grow();
    assert_int_equal(source->make_object(source, sk_blueprint_untyped(bits), slot.first),
                     SK_OK);
    source->free_object(source, sk_blueprint_untyped(bits), slot.first);
    make_books_grow();
    /* Where the pages are decides how many tables there are. */
    count -= 8;
    assert_true(s.manager.untypeds.free_bytes < count * PAGE);
    assert_int_equal(source->take_pages(source, count, &vaddr), SK_OK);
    source->give_pages(source, vaddr, count);
    source->give_slots(source, slot);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(freeing_frames_that_were_made_together_unmaps_them),
        cmocka_unit_test(frames_that_were_made_together_are_mapped_by_their_own_size),
        cmocka_unit_test(one_of_those_that_were_made_together_cannot_be_freed),
        cmocka_unit_test(a_kept_table_is_not_in_the_way_of_a_large_page),
        cmocka_unit_test(a_foreign_table_costs_one_large_page),
        cmocka_unit_test(device_memory_is_whole_again_when_a_split_fails),
        cmocka_unit_test(slots_of_idle_halves_are_found_when_those_left_are_single),
        cmocka_unit_test(slots_in_reserve_are_left_to_others),
        cmocka_unit_test(a_row_that_cannot_be_leaves_the_scope_as_it_was),
        cmocka_unit_test(the_memory_to_start_with_is_enough_for_any_boot_info),
        cmocka_unit_test(pages_are_out_of_memory_and_never_fragmented),
        cmocka_unit_test(a_scope_without_memory_for_its_books_takes_nothing),
        cmocka_unit_test(what_is_kept_for_the_books_is_given_up_when_it_is_wanted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
