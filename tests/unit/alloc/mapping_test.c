/*
 * Mappings of frames that others made, and of memory that two address spaces share: the
 * program's own, which can be looked into, and a child's.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/address_space.h>

#include <string.h>

#include "child.h"

#define PAGE 0x1000ul

static struct scene *const s = &child_scene;
static struct sk_source *const source = &child_scene.manager.source;

static void frames_of_the_caller_s_are_mapped_and_unmapped(void **state)
{
    struct sk_map_options options = {0};
    sk_frame frame;
    uintptr_t vaddr, other;

    (void)state;
    child_open();
    frame = (sk_frame){s->kernel.frame};
    assert_int_equal(sk_address_space_map(&child_space, frame, 12, NULL, &vaddr), SK_OK);
    assert_true(sk_address_space_has_frame(&child_space, frame));
    assert_int_equal(sk_address_space_map(&child_space, frame, 12, NULL, &other),
                     SK_ERR_DELETE_FIRST);
    child_check();
    sk_address_space_unmap(&child_space, vaddr);
    assert_false(sk_address_space_has_frame(&child_space, frame));
    sk_address_space_trim(&child_space);
    assert_int_equal(child_space.table_count, 0);
    /* In a reservation, at the edge of it, across it, and where there is none. */
    assert_int_equal(sk_address_space_reserve_at(&child_space, 0x500000, 2 * PAGE), SK_OK);
    options.vaddr = 0x501000;
    assert_int_equal(sk_address_space_map(&child_space, frame, 12, &options, &vaddr), SK_OK);
    assert_int_equal(vaddr, 0x501000);
    sk_address_space_unmap_frame(&child_space, frame);
    options.vaddr = 0x502000;
    assert_int_equal(sk_address_space_map(&child_space, frame, 12, &options, NULL), SK_OK);
    options.vaddr = 0x500000;
    assert_int_equal(
        sk_address_space_map(&child_space, (sk_frame){s->kernel.tcb}, 12, &options, NULL),
        SK_ERR_ILLEGAL_OPERATION);
    assert_int_equal(sk_address_space_map(&child_space, (sk_frame){0}, 12, &options, NULL),
                     SK_ERR_INVALID_CAPABILITY);
    options.vaddr = 0x501800;
    assert_int_equal(sk_address_space_map(&child_space, (sk_frame){s->kernel.next_slot + 1}, 12,
                                          &options, NULL),
                     SK_ERR_ALIGNMENT);
    options.vaddr = 0x500000;
    assert_int_equal(sk_address_space_map(&child_space, (sk_frame){s->kernel.next_slot + 1}, 21,
                                          &options, NULL),
                     SK_ERR_ALIGNMENT);
    options.vaddr = 0x4ff000;
    assert_int_equal(
        sk_address_space_map_slots(&child_space,
                                   (sk_slots){sk_slot_at((sk_cnode){s->kernel.cnode}, 5), 2},
                                   12, &options, NULL),
        SK_ERR_RANGE);
    sk_address_space_unmap(&child_space, 0x502000);
    sk_address_space_release(&child_space, 0x500000);
    child_check();
    child_close();
}

static void a_mapping_that_leaves_its_reservation_is_refused(void **state)
{
    struct sk_map_options options = {.vaddr = 0x501000};
    sk_slots slots;

    (void)state;
    child_open();
    assert_int_equal(source->take_slots(source, 2, &slots), SK_OK);
    assert_int_equal(source->make_objects(source, sk_blueprint_frame(12), slots), SK_OK);
    assert_int_equal(sk_address_space_reserve_at(&child_space, 0x500000, 2 * PAGE), SK_OK);
    assert_int_equal(sk_address_space_map_slots(&child_space, slots, 12, &options, NULL),
                     SK_ERR_RANGE);
    assert_int_equal(sk_address_space_map_slots(&child_space, (sk_slots){slots.first, 0}, 12,
                                                &options, NULL),
                     SK_ERR_RANGE);
    options.vaddr = 0x500000;
    assert_int_equal(sk_address_space_map_slots(&child_space, slots, 12, &options, NULL),
                     SK_OK);
    options.vaddr = 0x501000;
    assert_int_equal(
        sk_address_space_map(&child_space, (sk_frame){s->kernel.frame}, 12, &options, NULL),
        SK_ERR_DELETE_FIRST);
    child_check();
    sk_address_space_unmap(&child_space, 0x500000);
    source->free_objects(source, sk_blueprint_frame(12), slots);
    source->give_slots(source, slots);
    child_close();
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
    child_open();
    assert_int_equal(source->take_slots(source, 2, &slots), SK_OK);
    frame = (sk_frame){sk_slot_cptr(slots.first)};
    large = (sk_frame){sk_slot_cptr(sk_slots_get(slots, 1))};
    assert_int_equal(source->make_object(source, sk_blueprint_frame(12), slots.first), SK_OK);
    assert_int_equal(
        source->make_object(source, sk_blueprint_frame(21), sk_slots_get(slots, 1)), SK_OK);
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, &options, &vaddr), SK_OK);
    assert_int_equal(sk_address_space_reserve_at(&child_space, 0x900000, 4 * PAGE), SK_OK);
    options.guard_size = 0;
    for (unsigned n = 0; n < sizeof(places) / sizeof(places[0]); n++) {
        options.vaddr = places[n].vaddr;
        assert_int_equal(sk_address_space_map(&child_space, places[n].is_large ? large : frame,
                                              places[n].is_large ? 21 : 12, &options, NULL),
                         SK_ERR_RANGE);
    }
    options.vaddr = vaddr;
    assert_int_equal(sk_address_space_map(&child_space, frame, 12, &options, NULL),
                     SK_ERR_DELETE_FIRST);
    child_check();
    source->free_object(source, sk_blueprint_frame(12), slots.first);
    source->free_object(source, sk_blueprint_frame(21), sk_slots_get(slots, 1));
    source->give_slots(source, slots);
    child_close();
}

/* Its pages are in the books until it is released, and mapped no more. */
static void what_has_vanished_is_not_shared(void **state)
{
    uintptr_t first, second;
    uintptr_t third = 0;

    (void)state;
    child_open();
    assert_int_equal(sk_address_space_map_new(&child_space, 4 * PAGE, NULL, &first), SK_OK);
    assert_int_equal(
        sk_address_space_share(&child_space, first, 4 * PAGE, &child_space, NULL, &second),
        SK_OK);
    sk_address_space_release(&child_space, first);
    assert_int_equal(
        sk_address_space_share(&child_space, second, 4 * PAGE, &child_space, NULL, &third),
        SK_ERR_RANGE);
    assert_int_equal(third, 0);
    sk_address_space_release(&child_space, second);
    child_check();
    child_close();
}

static void memory_is_shared_with_a_child(void **state)
{
    struct sk_map_options options = {.rights = SK_READ, .guard_size = PAGE};
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    uintptr_t mine, theirs, again;

    (void)state;
    child_open();
    before = scene_stats(s);
    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(&s->manager);

        assert_int_equal(sk_address_space_map_new(&s->manager.space, 7 * PAGE, NULL, &mine),
                         SK_OK);
    }
    memset((void *)mine, 0x42, 7 * PAGE);
    assert_int_equal(sk_address_space_share(&s->manager.space, mine + PAGE, 5 * PAGE,
                                            &child_space, &options, &theirs),
                     SK_OK);
    assert_int_equal(child_space.mapped_bytes, 5 * PAGE);
    child_check();
    assert_int_equal(sk_address_space_share(&s->manager.space, mine + 100, PAGE, &child_space,
                                            &options, &again),
                     SK_ERR_RANGE);
    assert_int_equal(sk_address_space_share(&s->manager.space, mine, 8 * PAGE, &child_space,
                                            &options, &again),
                     SK_ERR_RANGE);
    assert_int_equal(
        sk_address_space_share(&s->manager.space, mine, 0, &child_space, &options, &again),
        SK_ERR_RANGE);
    /* Twice in one address space, too. */
    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(&s->manager);

        assert_int_equal(sk_address_space_share(&s->manager.space, mine, 7 * PAGE,
                                                &s->manager.space, NULL, &again),
                         SK_OK);
        *(volatile char *)again = 0x43;
        assert_int_equal(*(volatile char *)mine, 0x43);
        sk_address_space_release(&s->manager.space, again);
        /* The pages go, and the mapping with them. */
        sk_address_space_release(&s->manager.space, mine);
    }
    ground_check_kernel();
    sk_address_space_release(&child_space, theirs);
    sk_address_space_fini(&child_space);
    sk_address_space_init(&child_space, child_space.vspace, source, 0x400000, 0x800000000000,
                          NULL);
    after = scene_stats(s);
    scene_check_same(&before, &after);
    child_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_of_the_caller_s_are_mapped_and_unmapped),
        cmocka_unit_test(a_mapping_that_leaves_its_reservation_is_refused),
        cmocka_unit_test(a_frame_that_meets_a_guard_or_a_reservation_is_refused),
        cmocka_unit_test(what_has_vanished_is_not_shared),
        cmocka_unit_test(memory_is_shared_with_a_child),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
