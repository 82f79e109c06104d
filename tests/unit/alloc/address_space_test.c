/*
 * Address spaces on the host core: the program's own, which can be looked into, and a child's.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/address_space.h>

#include <selkie/cap/asid_pool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"
#include "traps.h"

#define PAGE  0x1000ul
#define LARGE 0x200000ul

static struct scene s;
static struct sk_source *const source = &s.manager.source;

/* A child's VSpace, in which anything can be mapped anywhere. */
static sk_slots child_slot;
static struct sk_address_space child;

static void open_child(void)
{
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 1, &child_slot), SK_OK);
    assert_int_equal(source->make_object(source, sk_blueprint_vspace(), child_slot.first),
                     SK_OK);
    assert_int_equal(sk_asid_pool_assign((sk_asid_pool){seL4_CapInitThreadASIDPool},
                                         (sk_vspace){sk_slot_cptr(child_slot.first)}),
                     SK_OK);
    sk_address_space_init(&child, (sk_vspace){sk_slot_cptr(child_slot.first)}, source, 0x400000,
                          0x800000000000, NULL);
}

static void close_child(void)
{
    sk_address_space_fini(&child);
    source->free_object(source, sk_blueprint_vspace(), child_slot.first);
    source->give_slots(source, child_slot);
    scene_close(&s);
}

static void check(void)
{
    assert_true(sk_address_space_check(&child));
    ground_check_kernel();
}

static void ranges_are_found_and_do_not_overlap(void **state)
{
    struct random r = {3};
    static struct {
        uintptr_t vaddr;
        seL4_Word size;
        seL4_Word guard;
    } live[100];

    (void)state;
    open_child();
    for (unsigned step = 0; step < 5000; step++) {
        unsigned n = (unsigned)random_below(&r, 100);

        if (live[n].size != 0) {
            sk_address_space_release(&child, live[n].vaddr);
            live[n].size = 0;
        } else {
            seL4_Word size = PAGE * (1 + random_below(&r, 700));
            seL4_Word guard = PAGE * random_below(&r, 3);
            unsigned align = 12 + (unsigned)random_below(&r, 10);
            uintptr_t vaddr;

            assert_int_equal(sk_address_space_reserve(&child, size, align, guard, &vaddr),
                             SK_OK);
            assert_int_equal(vaddr & ((1ul << align) - 1), 0);
            for (unsigned other = 0; other < 100; other++) {
                bool is_behind =
                    vaddr - guard >= live[other].vaddr + live[other].size + live[other].guard;
                bool is_before = vaddr + size + guard <= live[other].vaddr - live[other].guard;

                assert_true(live[other].size == 0 || is_behind || is_before);
            }
            live[n].vaddr = vaddr;
            live[n].size = size;
            live[n].guard = guard;
        }
    }
    check();
    close_child();
}

static void a_range_is_full_when_it_is(void **state)
{
    struct sk_address_space small;
    uintptr_t vaddr[4];

    (void)state;
    open_child();
    sk_address_space_init(&small, child.vspace, source, 0x400000, 0x400000 + 6 * PAGE, NULL);
    assert_int_equal(sk_address_space_reserve(&small, 7 * PAGE, 0, 0, &vaddr[0]),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_address_space_reserve(&small, 0, 0, 0, &vaddr[0]), SK_ERR_NO_MEMORY);
    assert_int_equal(sk_address_space_reserve(&small, PAGE, 63, 0, &vaddr[0]),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_address_space_reserve(&small, PAGE, 64, 0, &vaddr[0]),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_address_space_reserve(&small, ~0ul, 0, 0, &vaddr[0]), SK_ERR_NO_MEMORY);
    assert_int_equal(sk_address_space_reserve(&small, PAGE, 0, ~0ul, &vaddr[0]),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_address_space_reserve(&small, PAGE, 63, 0, &vaddr[0]),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_address_space_reserve(&small, 2 * PAGE, 0, PAGE, &vaddr[0]), SK_OK);
    assert_int_equal(vaddr[0], 0x400000 + PAGE);
    assert_int_equal(sk_address_space_reserve(&small, 2 * PAGE, 0, 0, &vaddr[1]), SK_OK);
    assert_int_equal(sk_address_space_reserve(&small, 1, 0, 0, &vaddr[2]), SK_ERR_NO_MEMORY);
    sk_address_space_release(&small, vaddr[0]);
    assert_int_equal(sk_address_space_reserve(&small, 4 * PAGE, 0, 0, &vaddr[0]), SK_OK);
    assert_int_equal(sk_address_space_reserve_at(&small, 0x400000, PAGE), SK_ERR_DELETE_FIRST);
    assert_int_equal(sk_address_space_reserve_at(&small, 0x10000, 3 * PAGE), SK_OK);
    assert_int_equal(sk_address_space_reserve_at(&small, 0x12000, PAGE), SK_ERR_DELETE_FIRST);
    assert_int_equal(sk_address_space_reserve_at(&small, 0x10001, PAGE), SK_ERR_ALIGNMENT);
    assert_int_equal(sk_address_space_reserve_at(&small, 0x20000, 1), SK_ERR_ALIGNMENT);
    assert_int_equal(sk_address_space_reserve_at(&small, 0x20000, 0), SK_ERR_ALIGNMENT);
    assert_int_equal(sk_address_space_reserve_at(&small, seL4_UserTop & ~0xfff, 2 * PAGE),
                     SK_ERR_RANGE);
    assert_int_equal(sk_address_space_reserve_at(&small, 0x20000, -PAGE), SK_ERR_RANGE);
    sk_address_space_fini(&small);
    close_child();
}

static void tables_are_made_and_go_with_the_last_page(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    uintptr_t vaddr[3];

    (void)state;
    open_child();
    assert_int_equal(sk_address_space_reserve(&child, PAGE, 0, 0, &vaddr[0]), SK_OK);
    sk_address_space_release(&child, vaddr[0]);
    sk_address_space_trim(&child);
    before = scene_stats(&s);
    assert_int_equal(child.table_count, 0);
    assert_int_equal(sk_address_space_map_new(&child, PAGE, NULL, &vaddr[0]), SK_OK);
    assert_int_equal(child.table_count, 3);
    assert_int_equal(sk_address_space_map_new(&child, PAGE, NULL, &vaddr[1]), SK_OK);
    assert_int_equal(child.table_count, 3);
    /* Another half TiB. */
    assert_int_equal(sk_address_space_map_new(
                         &child, 3 * PAGE,
                         &(struct sk_map_options){.vaddr = 0x10000000000 - PAGE}, &vaddr[2]),
                     SK_OK);
    assert_int_equal(child.table_count, 3 + 3 + 3);
    assert_int_equal(child.mapped_bytes, 5 * PAGE);
    check();
    sk_address_space_release(&child, vaddr[0]);
    assert_int_equal(child.table_count, 9);
    /* One that was emptied is kept, as long as there is no other. */
    sk_address_space_release(&child, vaddr[2]);
    assert_int_equal(child.table_count, 3 + 3);
    check();
    sk_address_space_release(&child, vaddr[1]);
    assert_int_equal(child.table_count, 3);
    check();
    assert_int_equal(sk_address_space_map_new(&child, PAGE, NULL, &vaddr[1]), SK_OK);
    assert_int_equal(child.table_count, 3);
    sk_address_space_trim(&child);
    assert_int_equal(child.table_count, 3);
    sk_address_space_release(&child, vaddr[1]);
    sk_address_space_trim(&child);
    assert_int_equal(child.table_count, 0);
    assert_int_equal(child.mapped_bytes, 0);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    close_child();
}

static void large_pages_are_used_where_they_fit(void **state)
{
    struct sk_map_options options = {.guard_size = PAGE};
    uintptr_t vaddr, start;
    sk_frame frame;
    unsigned bits;

    (void)state;
    open_child();
    /* 2 MiB and a bit: a large page, and small ones behind it. */
    assert_int_equal(sk_address_space_map_new(&child, LARGE + 3 * PAGE, &options, &vaddr),
                     SK_OK);
    assert_int_equal(vaddr % LARGE, 0);
    assert_int_equal(sk_address_space_frame(&child, vaddr + 5000, &frame, &start, &bits),
                     SK_OK);
    assert_int_equal(bits, 21);
    assert_int_equal(start, vaddr);
    assert_int_equal(
        sk_address_space_frame(&child, vaddr + LARGE + PAGE, &frame, &start, &bits), SK_OK);
    assert_int_equal(bits, 12);
    assert_int_equal(start, vaddr + LARGE + PAGE);
    assert_int_equal(
        sk_address_space_frame(&child, vaddr + LARGE + 3 * PAGE, &frame, &start, &bits),
        SK_ERR_RANGE);
    check();
    sk_address_space_release(&child, vaddr);
    /* At an address that is not aligned, a large page begins where it can. */
    options.vaddr = 0x40000000 - 2 * PAGE;
    options.guard_size = 0;
    assert_int_equal(sk_address_space_map_new(&child, LARGE + 4 * PAGE, &options, &vaddr),
                     SK_OK);
    assert_int_equal(sk_address_space_frame(&child, 0x40000000, &frame, &start, &bits), SK_OK);
    assert_int_equal(bits, 21);
    sk_address_space_release(&child, vaddr);
    options = (struct sk_map_options){.max_page_bits = 12};
    assert_int_equal(sk_address_space_map_new(&child, LARGE, &options, &vaddr), SK_OK);
    assert_int_equal(sk_address_space_frame(&child, vaddr, &frame, &start, &bits), SK_OK);
    assert_int_equal(bits, 12);
    sk_address_space_release(&child, vaddr);
    /* More memory than there is, in whatever pages. */
    assert_int_equal(sk_address_space_map_new(&child, 0x2000000, NULL, &vaddr),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(child.mapped_bytes, 0);
    options = (struct sk_map_options){.min_page_bits = 21, .vaddr = 0x401000};
    assert_int_equal(sk_address_space_map_new(&child, PAGE, &options, &vaddr),
                     SK_ERR_ALIGNMENT);
    options.vaddr = 0;
    options.min_page_bits = 13;
    assert_int_equal(sk_address_space_map_new(&child, PAGE, &options, &vaddr),
                     SK_ERR_ALIGNMENT);
    options.min_page_bits = 21;
    assert_int_equal(sk_address_space_map_new(&child, PAGE, &options, &vaddr), SK_OK);
    assert_int_equal(child.mapped_bytes, LARGE);
    check();
    close_child();
}

static void pages_that_cannot_be_are_refused(void **state)
{
    static const struct {
        unsigned min;
        unsigned max;
    } bits[] = {{0, 1}, {0, 6}, {0, 11}, {21, 12}, {30, 29}, {12, 11}, {64, 0}, {200, 0}};
    struct sk_map_options options = {0};
    uintptr_t vaddr = 0;

    (void)state;
    open_child();
    for (unsigned n = 0; n < sizeof(bits) / sizeof(bits[0]); n++) {
        options.min_page_bits = bits[n].min;
        options.max_page_bits = bits[n].max;
        assert_int_equal(sk_address_space_map_new(&child, LARGE, &options, &vaddr),
                         SK_ERR_ALIGNMENT);
    }
    assert_int_equal(vaddr, 0);
    check();
    close_child();
}

static void nothing_is_writable_and_executable_unless_it_is_meant(void **state)
{
    struct sk_map_options options = {.rights = SK_RW | SK_EXECUTE};
    uintptr_t vaddr;

    (void)state;
    open_child();
    assert_int_equal(sk_address_space_map_new(&child, PAGE, &options, &vaddr),
                     SK_ERR_ILLEGAL_OPERATION);
    assert_int_equal(
        sk_address_space_map(&child, (sk_frame){s.kernel.frame}, 12, &options, NULL),
        SK_ERR_ILLEGAL_OPERATION);
    options.is_code_writable = true;
    assert_int_equal(sk_address_space_map_new(&child, PAGE, &options, &vaddr), SK_OK);
    assert_int_equal(
        sk_address_space_share(&child, vaddr, PAGE, &child,
                               &(struct sk_map_options){.rights = SK_RW | SK_EXECUTE}, &vaddr),
        SK_ERR_ILLEGAL_OPERATION);
    options = (struct sk_map_options){.rights = SK_RX};
    assert_int_equal(sk_address_space_map_new(&child, PAGE, &options, &vaddr), SK_OK);
    close_child();
}

static void frames_of_the_caller_s_are_mapped_and_unmapped(void **state)
{
    struct sk_map_options options = {0};
    sk_frame frame;
    uintptr_t vaddr, other;

    (void)state;
    open_child();
    frame = (sk_frame){s.kernel.frame};
    assert_int_equal(sk_address_space_map(&child, frame, 12, NULL, &vaddr), SK_OK);
    assert_true(sk_address_space_has_frame(&child, frame));
    assert_int_equal(sk_address_space_map(&child, frame, 12, NULL, &other),
                     SK_ERR_DELETE_FIRST);
    check();
    sk_address_space_unmap(&child, vaddr);
    assert_false(sk_address_space_has_frame(&child, frame));
    sk_address_space_trim(&child);
    assert_int_equal(child.table_count, 0);
    /* In a reservation, at the edge of it, across it, and where there is none. */
    assert_int_equal(sk_address_space_reserve_at(&child, 0x500000, 2 * PAGE), SK_OK);
    options.vaddr = 0x501000;
    assert_int_equal(sk_address_space_map(&child, frame, 12, &options, &vaddr), SK_OK);
    assert_int_equal(vaddr, 0x501000);
    sk_address_space_unmap_frame(&child, frame);
    options.vaddr = 0x502000;
    assert_int_equal(sk_address_space_map(&child, frame, 12, &options, NULL), SK_OK);
    options.vaddr = 0x500000;
    assert_int_equal(sk_address_space_map(&child, (sk_frame){s.kernel.tcb}, 12, &options, NULL),
                     SK_ERR_ILLEGAL_OPERATION);
    assert_int_equal(sk_address_space_map(&child, (sk_frame){0}, 12, &options, NULL),
                     SK_ERR_INVALID_CAPABILITY);
    options.vaddr = 0x501800;
    assert_int_equal(
        sk_address_space_map(&child, (sk_frame){s.kernel.next_slot + 1}, 12, &options, NULL),
        SK_ERR_ALIGNMENT);
    options.vaddr = 0x500000;
    assert_int_equal(
        sk_address_space_map(&child, (sk_frame){s.kernel.next_slot + 1}, 21, &options, NULL),
        SK_ERR_ALIGNMENT);
    options.vaddr = 0x4ff000;
    assert_int_equal(sk_address_space_map_slots(
                         &child, (sk_slots){sk_slot_at((sk_cnode){s.kernel.cnode}, 5), 2}, 12,
                         &options, NULL),
                     SK_ERR_RANGE);
    sk_address_space_unmap(&child, 0x502000);
    sk_address_space_release(&child, 0x500000);
    check();
    close_child();
}

static void a_mapping_that_leaves_its_reservation_is_refused(void **state)
{
    struct sk_map_options options = {.vaddr = 0x501000};
    sk_slots slots;

    (void)state;
    open_child();
    assert_int_equal(source->take_slots(source, 2, &slots), SK_OK);
    assert_int_equal(source->make_objects(source, sk_blueprint_frame(12), slots), SK_OK);
    assert_int_equal(sk_address_space_reserve_at(&child, 0x500000, 2 * PAGE), SK_OK);
    assert_int_equal(sk_address_space_map_slots(&child, slots, 12, &options, NULL),
                     SK_ERR_RANGE);
    assert_int_equal(
        sk_address_space_map_slots(&child, (sk_slots){slots.first, 0}, 12, &options, NULL),
        SK_ERR_RANGE);
    options.vaddr = 0x500000;
    assert_int_equal(sk_address_space_map_slots(&child, slots, 12, &options, NULL), SK_OK);
    options.vaddr = 0x501000;
    assert_int_equal(
        sk_address_space_map(&child, (sk_frame){s.kernel.frame}, 12, &options, NULL),
        SK_ERR_DELETE_FIRST);
    check();
    sk_address_space_unmap(&child, 0x500000);
    source->free_objects(source, sk_blueprint_frame(12), slots);
    source->give_slots(source, slots);
    close_child();
}

/* Error by error as the header says, also where a large frame meets a small reservation. */
static void a_frame_that_meets_a_guard_or_a_reservation_is_refused(void **state)
{
    static const struct {
        uintptr_t vaddr;
        bool is_large;
    } places[] = {
        {0x5ff000, false}, {0x601000, false}, /* in the guards */
        {0x400000, true},                     /* it ends in one */
        {0x600000, true},                     /* it begins in the reservation */
        {0x800000, true},                     /* there is a reservation in the middle */
    };
    struct sk_map_options options = {.vaddr = 0x600000, .guard_size = PAGE};
    sk_slots slots;
    sk_frame frame, large;
    uintptr_t vaddr;

    (void)state;
    open_child();
    assert_int_equal(source->take_slots(source, 2, &slots), SK_OK);
    frame = (sk_frame){sk_slot_cptr(slots.first)};
    large = (sk_frame){sk_slot_cptr(sk_slots_get(slots, 1))};
    assert_int_equal(source->make_object(source, sk_blueprint_frame(12), slots.first), SK_OK);
    assert_int_equal(
        source->make_object(source, sk_blueprint_frame(21), sk_slots_get(slots, 1)), SK_OK);
    assert_int_equal(sk_address_space_map_new(&child, PAGE, &options, &vaddr), SK_OK);
    assert_int_equal(sk_address_space_reserve_at(&child, 0x900000, 4 * PAGE), SK_OK);
    options.guard_size = 0;
    for (unsigned n = 0; n < sizeof(places) / sizeof(places[0]); n++) {
        options.vaddr = places[n].vaddr;
        assert_int_equal(sk_address_space_map(&child, places[n].is_large ? large : frame,
                                              places[n].is_large ? 21 : 12, &options, NULL),
                         SK_ERR_RANGE);
    }
    options.vaddr = vaddr;
    assert_int_equal(sk_address_space_map(&child, frame, 12, &options, NULL),
                     SK_ERR_DELETE_FIRST);
    check();
    source->free_object(source, sk_blueprint_frame(12), slots.first);
    source->free_object(source, sk_blueprint_frame(21), sk_slots_get(slots, 1));
    source->give_slots(source, slots);
    close_child();
}

/* Its pages are in the books until it is released, and mapped no more. */
static void what_has_vanished_is_not_shared(void **state)
{
    uintptr_t first, second;
    uintptr_t third = 0;

    (void)state;
    open_child();
    assert_int_equal(sk_address_space_map_new(&child, 4 * PAGE, NULL, &first), SK_OK);
    assert_int_equal(sk_address_space_share(&child, first, 4 * PAGE, &child, NULL, &second),
                     SK_OK);
    sk_address_space_release(&child, first);
    assert_int_equal(sk_address_space_share(&child, second, 4 * PAGE, &child, NULL, &third),
                     SK_ERR_RANGE);
    assert_int_equal(third, 0);
    sk_address_space_release(&child, second);
    check();
    close_child();
}

static void memory_is_shared_with_a_child(void **state)
{
    struct sk_map_options options = {.rights = SK_READ, .guard_size = PAGE};
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    uintptr_t mine, theirs, again;

    (void)state;
    open_child();
    before = scene_stats(&s);
    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(&s.manager);

        assert_int_equal(sk_address_space_map_new(&s.manager.space, 7 * PAGE, NULL, &mine),
                         SK_OK);
    }
    memset((void *)mine, 0x42, 7 * PAGE);
    assert_int_equal(sk_address_space_share(&s.manager.space, mine + PAGE, 5 * PAGE, &child,
                                            &options, &theirs),
                     SK_OK);
    assert_int_equal(child.mapped_bytes, 5 * PAGE);
    check();
    assert_int_equal(
        sk_address_space_share(&s.manager.space, mine + 100, PAGE, &child, &options, &again),
        SK_ERR_RANGE);
    assert_int_equal(
        sk_address_space_share(&s.manager.space, mine, 8 * PAGE, &child, &options, &again),
        SK_ERR_RANGE);
    assert_int_equal(
        sk_address_space_share(&s.manager.space, mine, 0, &child, &options, &again),
        SK_ERR_RANGE);
    /* Twice in one address space, too. */
    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(&s.manager);

        assert_int_equal(sk_address_space_share(&s.manager.space, mine, 7 * PAGE,
                                                &s.manager.space, NULL, &again),
                         SK_OK);
        *(volatile char *)again = 0x43;
        assert_int_equal(*(volatile char *)mine, 0x43);
        sk_address_space_release(&s.manager.space, again);
        /* The pages go, and the mapping with them. */
        sk_address_space_release(&s.manager.space, mine);
    }
    ground_check_kernel();
    sk_address_space_release(&child, theirs);
    sk_address_space_fini(&child);
    sk_address_space_init(&child, child.vspace, source, 0x400000, 0x800000000000, NULL);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    close_child();
}

static void caches_are_kept_over_pages_of_all_sizes(void **state)
{
    uintptr_t vaddr;

    (void)state;
    open_child();
    assert_int_equal(sk_address_space_map_new(&child, LARGE + 3 * PAGE, NULL, &vaddr), SK_OK);
    for (enum sk_cache what = SK_CACHE_CLEAN; what <= SK_CACHE_UNIFY; what++) {
        assert_int_equal(
            sk_address_space_sync(&child, what, vaddr + 100, LARGE + 3 * PAGE - 200), SK_OK);
        assert_int_equal(sk_address_space_sync(&child, what, vaddr, LARGE + 4 * PAGE),
                         SK_ERR_RANGE);
    }
    assert_int_equal(sk_address_space_sync(&child, SK_CACHE_CLEAN, vaddr, ~0ul), SK_ERR_RANGE);
    close_child();
}

static void collect(void *arg, const char *line)
{
    char *text = (char *)arg;

    strcat(strcat(text, line), "\n");
}

static void a_dump_says_what_is_where(void **state)
{
    static char text[2000];
    struct sk_map_options options = {.vaddr = 0x600000, .rights = SK_RX, .guard_size = PAGE};
    uintptr_t vaddr;

    (void)state;
    open_child();
    assert_int_equal(sk_address_space_reserve_at(&child, 0x500000, 4 * PAGE), SK_OK);
    assert_int_equal(sk_address_space_map_new(&child, 2 * PAGE, &options, &vaddr), SK_OK);
    options = (struct sk_map_options){.vaddr = 0x501000, .is_device = true};
    assert_int_equal(
        sk_address_space_map(&child, (sk_frame){s.kernel.frame}, 12, &options, NULL), SK_OK);
    sk_vspace_dump(&child, collect, text);
    assert_string_equal(text, "0x500000..0x504000 16 KiB, guards of 0 KiB\n"
                              "    0x501000 1 of 4 KiB rw- device foreign\n"
                              "0x600000..0x602000 8 KiB, guards of 4 KiB\n"
                              "    0x600000 2 of 4 KiB r-x made\n");
    close_child();
}

static void release_nothing(void *arg)
{
    (void)arg;
    sk_address_space_release(&child, 0x500000);
}

static void unmap_nothing(void *arg)
{
    (void)arg;
    sk_address_space_unmap(&child, 0x500000);
}

static void unmap_no_frame(void *arg)
{
    (void)arg;
    sk_address_space_unmap_frame(&child, (sk_frame){5});
}

static void releasing_and_unmapping_nothing_traps(void **state)
{
    (void)state;
    open_child();
    assert_true(traps(release_nothing, NULL));
    assert_true(traps(unmap_nothing, NULL));
    assert_true(traps(unmap_no_frame, NULL));
    close_child();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_are_found_and_do_not_overlap),
        cmocka_unit_test(a_range_is_full_when_it_is),
        cmocka_unit_test(tables_are_made_and_go_with_the_last_page),
        cmocka_unit_test(large_pages_are_used_where_they_fit),
        cmocka_unit_test(nothing_is_writable_and_executable_unless_it_is_meant),
        cmocka_unit_test(frames_of_the_caller_s_are_mapped_and_unmapped),
        cmocka_unit_test(a_mapping_that_leaves_its_reservation_is_refused),
        cmocka_unit_test(pages_that_cannot_be_are_refused),
        cmocka_unit_test(a_frame_that_meets_a_guard_or_a_reservation_is_refused),
        cmocka_unit_test(what_has_vanished_is_not_shared),
        cmocka_unit_test(memory_is_shared_with_a_child),
        cmocka_unit_test(caches_are_kept_over_pages_of_all_sizes),
        cmocka_unit_test(a_dump_says_what_is_where),
        cmocka_unit_test(releasing_and_unmapping_nothing_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
