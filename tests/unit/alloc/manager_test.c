/*
 * The manager on the host core: what it gives back, and how far it goes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/manager.h>

#include <selkie/cap/cnode.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"
#include "traps.h"

#define PAGE 4096
#define MOST 100000

static struct scene s;
static struct sk_source *const source = &s.manager.source;

static void what_is_taken_comes_back(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    sk_slots slots;
    uintptr_t pages;
    sk_frame frame;

    (void)state;
    scene_open(&s, false);
    before = scene_stats(&s);
    assert_int_equal(source->take_slots(source, 0, &slots), SK_OK);
    assert_int_equal(slots.count, 0);
    source->give_slots(source, slots);
    assert_int_equal(source->take_slots(source, 3, &slots), SK_OK);
    frame = (sk_frame){sk_slot_cptr(sk_slots_get(slots, 1))};
    assert_int_equal(source->make_object(source, SK_BLUEPRINT(TCB), slots.first), SK_OK);
    assert_int_equal(source->take_pages(source, 13, &pages), SK_OK);
    memset((void *)pages, 0xaa, 13 * PAGE);
    assert_int_equal(
        source->make_object(source, sk_blueprint_frame(12), sk_slots_get(slots, 1)), SK_OK);
    assert_int_equal(source->map(source, frame, 0x9000000, SK_RW), SK_OK);
    *(volatile int *)0x9000000 = 7;
    assert_int_equal(source->map(source, frame, 0x9001000, SK_RW), SK_ERR_DELETE_FIRST);
    assert_true(source->page_frame(source, pages + PAGE).cptr != 0);
    after = scene_stats(&s);
    assert_true(after.free_bytes < before.free_bytes);
    source->unmap(source, frame);
    source->free_object(source, sk_blueprint_frame(12), sk_slots_get(slots, 1));
    source->give_pages(source, pages, 13);
    source->free_object(source, SK_BLUEPRINT(TCB), slots.first);
    source->give_slots(source, slots);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    scene_close(&s);
}

static void freeing_a_frame_unmaps_it(void **state)
{
    sk_slots slots;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 1, &slots), SK_OK);
    for (unsigned n = 0; n < 2; n++) {
        assert_int_equal(source->make_object(source, sk_blueprint_frame(12), slots.first),
                         SK_OK);
        assert_int_equal(
            source->map(source, (sk_frame){sk_slot_cptr(slots.first)}, 0x9000000, SK_RW),
            SK_OK);
        source->free_object(source, sk_blueprint_frame(12), slots.first);
    }
    source->give_slots(source, slots);
    scene_close(&s);
}

/* Objects of one kind, each in a slot of its own, until there is no memory or no slot. */
static sk_err exhaust(sk_blueprint what, sk_slot *live, seL4_Word *ret_count)
{
    seL4_Word count = 0;

    for (;;) {
        sk_slots slots;
        sk_err err;

        assert_true(count < MOST);
        err = source->take_slots(source, 1, &slots);
        if (err == SK_OK) {
            err = source->make_object(source, what, slots.first);
            if (err != SK_OK) {
                source->give_slots(source, slots);
            }
        }
        if (err != SK_OK) {
            *ret_count = count;
            return err;
        }
        live[count++] = slots.first;
    }
}

static void give_all(sk_blueprint what, const sk_slot *live, seL4_Word count)
{
    for (seL4_Word step = 0; step < 3; step++) {
        for (seL4_Word n = step; n < count; n += 3) {
            source->free_object(source, what, live[n]);
            source->give_slots(source, (sk_slots){live[n], 1});
        }
    }
}

static void one_level_ends_with_its_slots_and_all_comes_back(void **state)
{
    static sk_slot live[MOST];
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    seL4_Word count;

    (void)state;
    scene_open(&s, false);
    before = scene_stats(&s);
    assert_int_equal(exhaust(SK_BLUEPRINT(Endpoint), live, &count), SK_ERR_NO_SLOT);
    /* A slot for each, and two for the halves of a split. */
    assert_true(count > before.free_slots / 3 - 100);
    after = scene_stats(&s);
    assert_true(after.bookkeeping > 0);
    give_all(SK_BLUEPRINT(Endpoint), live, count);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    scene_close(&s);
}

static void two_levels_end_with_the_memory_and_all_comes_back(void **state)
{
    static sk_slot live[MOST];
    struct sk_manager_stats before;
    struct sk_manager_stats after;

    (void)state;
    scene_open(&s, true);
    before = scene_stats(&s);
    for (unsigned round = 0; round < 2; round++) {
        sk_blueprint what = round == 0 ? SK_BLUEPRINT(Endpoint) : sk_blueprint_frame(12);
        struct sk_manager_stats full;
        seL4_Word count;
        sk_err err = exhaust(what, live, &count);

        /* There may be no memory for slots. */
        assert_true(err == SK_ERR_NO_MEMORY || err == SK_ERR_FRAGMENTED ||
                    err == SK_ERR_NO_SLOT);
        sk_manager_stats(&s.manager, &full);
        assert_true(sk_manager_check(&s.manager));
        /* What is left is what growing needs, and cannot be had in one piece. */
        assert_true(full.free_bytes < (1 << 16));
        assert_true(round == 1 || full.total_slots > 3 * before.total_slots);
        give_all(what, live, count);
        after = scene_stats(&s);
        scene_check_same(&before, &after);
    }
    scene_close(&s);
}

static void slots_of_the_second_level_work_like_others(void **state)
{
    static sk_slots live[400];
    unsigned count = 0;
    sk_slot slot;
    sk_slots more;

    (void)state;
    scene_open(&s, true);
    do {
        assert_true(count < 400);
        assert_int_equal(source->take_slots(source, 128, &live[count]), SK_OK);
        slot = live[count++].first;
    } while (slot.index < 8192);
    assert_int_equal(source->make_object(source, SK_BLUEPRINT(Notification), slot), SK_OK);
    seL4_Signal(sk_slot_cptr(slot));
    assert_int_equal(sk_slot_copy(sk_slot_plus(slot, 1), slot, seL4_AllRights), SK_OK);
    seL4_Wait(sk_slot_cptr(sk_slot_plus(slot, 1)), NULL);
    source->free_object(source, SK_BLUEPRINT(Notification), slot);
    assert_int_equal(sk_slot_copy(sk_slot_plus(slot, 2), sk_slot_plus(slot, 1), seL4_AllRights),
                     SK_ERR_FAILED_LOOKUP);
    more = (sk_slots){slot, 100};
    assert_int_equal(source->make_objects(source, SK_BLUEPRINT(Endpoint), more), SK_OK);
    source->free_objects(source, SK_BLUEPRINT(Endpoint), more);
    assert_int_equal(sk_manager_node(&s.manager, slot).radix_bits, 9);
    while (count-- > 0) {
        source->give_slots(source, live[count]);
    }
    (void)scene_stats(&s);
    scene_close(&s);
}

/* Who keeps something of the second level keeps this level, and it goes on to work. */
static void a_second_level_that_is_used_stays_at_the_end(void **state)
{
    sk_slots row;
    sk_slot kept;

    (void)state;
    scene_open(&s, true);
    do {
        assert_int_equal(source->take_slots(source, 512, &row), SK_OK);
    } while (row.first.index < 4096);
    kept = row.first;
    assert_int_equal(source->make_object(source, SK_BLUEPRINT(Notification), kept), SK_OK);
    sk_manager_fini(&s.manager);
    seL4_Signal(sk_slot_cptr(kept));
    seL4_Wait(sk_slot_cptr(kept), NULL);
    ground_check_kernel();
}

static void objects_made_together_take_few_calls_and_go_together(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    sk_slots slots;
    seL4_Word full;

    (void)state;
    scene_open(&s, false);
    before = scene_stats(&s);
    assert_int_equal(source->take_slots(source, 100, &slots), SK_OK);
    full = ground_full_slots();
    assert_int_equal(source->make_objects(source, SK_BLUEPRINT(Notification), slots), SK_OK);
    for (seL4_Word n = 0; n < 100; n++) {
        assert_true(ground_is_full(sk_slots_get(slots, n).index));
    }
    /* 64, 32 and 4: three pieces, and the halves beside them. */
    assert_true(ground_full_slots() - full < 100 + 40);
    source->free_objects(source, SK_BLUEPRINT(Notification), slots);
    assert_false(ground_is_full(slots.first.index));
    source->give_slots(source, slots);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    scene_close(&s);
}

static void memory_for_devices_is_in_a_row(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    uintptr_t vaddr;
    uint64_t paddr;

    (void)state;
    scene_open(&s, false);
    before = scene_stats(&s);
    assert_int_equal(sk_manager_take_dma(&s.manager, 20 * PAGE, NULL, &vaddr, &paddr), SK_OK);
    assert_int_equal(paddr % (32 * PAGE), 0);
    for (unsigned n = 0; n < 32; n++) {
        seL4_CPtr frame = source->page_frame(source, vaddr + n * PAGE).cptr;
        seL4_ARM_Page_GetAddress_t where = seL4_ARM_Page_GetAddress(frame);

        assert_int_equal(where.error, seL4_NoError);
        assert_int_equal(where.paddr, paddr + n * PAGE);
        memset((void *)(vaddr + n * PAGE), (int)n, PAGE);
    }
    {
        SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(&s.manager);

        assert_int_equal(
            sk_address_space_sync(&s.manager.space, SK_CACHE_CLEAN, vaddr + 100, 30 * PAGE),
            SK_OK);
    }
    sk_manager_give_dma(&s.manager, vaddr);
    assert_int_equal(sk_manager_take_dma(&s.manager, 0, NULL, &vaddr, &paddr),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_manager_take_dma(&s.manager, 1 << 30, NULL, &vaddr, &paddr),
                     SK_ERR_NO_MEMORY);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    scene_close(&s);
}

static void objects_are_made_at_an_address(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    const seL4_UntypedDesc *device = NULL;
    sk_slots slots;
    uint64_t paddr;

    (void)state;
    scene_open(&s, false);
    before = scene_stats(&s);
    for (seL4_Word n = 0; n < s.info.untyped.end - s.info.untyped.start; n++) {
        if (s.info.untypedList[n].isDevice && s.info.untypedList[n].sizeBits >= 12) {
            device = &s.info.untypedList[n];
        }
    }
    assert_non_null(device);
    assert_int_equal(source->take_slots(source, 2, &slots), SK_OK);
    assert_int_equal(
        sk_manager_make_at(&s.manager, sk_blueprint_frame(12), device->paddr, slots.first),
        SK_OK);
    assert_int_equal(sk_manager_paddr(&s.manager, slots.first, &paddr), SK_OK);
    assert_int_equal(paddr, device->paddr);
    assert_int_equal(sk_manager_make_at(&s.manager, sk_blueprint_frame(12), device->paddr,
                                        sk_slots_get(slots, 1)),
                     SK_ERR_REVOKE_FIRST);
    assert_int_equal(
        sk_manager_make_at(&s.manager, sk_blueprint_frame(12), 0x7000, sk_slots_get(slots, 1)),
        SK_ERR_RANGE);
    assert_int_equal(sk_manager_paddr(&s.manager, sk_slots_get(slots, 1), &paddr),
                     SK_ERR_INVALID_ARGUMENT);
    source->free_object(source, sk_blueprint_frame(12), slots.first);
    assert_int_equal(
        sk_manager_make_at(&s.manager, SK_BLUEPRINT(TCB), device->paddr, slots.first),
        SK_ERR_INVALID_ARGUMENT);
    source->give_slots(source, slots);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    scene_close(&s);
}

/* A task with one untyped and some slots, in a CNode of its own. */
static void a_spawned_task_manages_what_it_was_handed(void **state)
{
    static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
    static struct ground g;
    struct sk_manager m;
    struct sk_manager_means means;
    struct sk_manager_options options = {
        .memory = memory,
        /* Room for the slots' bitmaps, and for fewer chunks than are needed. */
        .memory_size = SK_SLOT_BLOCK_SIZE(12) + 512 + 2 * SK_RECORD_CHUNK,
        .vspace_start = 0x10000000,
        .vspace_end = 0x7f000000,
    };
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    uintptr_t pages;
    seL4_Word full;

    (void)state;
    ground_open(&g);
    full = ground_full_slots();
    means = (struct sk_manager_means){
        .slots = {sk_slot_at((sk_cnode){g.kernel.cnode}, g.kernel.next_slot), 120},
        .node = sk_node_whole(12),
        .root = sk_slot_at((sk_cnode){g.kernel.cnode}, g.kernel.cnode),
        .untyped = g.untyped,
        .bits = GROUND_BITS,
        .vspace = {g.kernel.vspace},
    };
    assert_int_equal(sk_manager_init(&m, &means, &options), SK_ERR_INVALID_ARGUMENT);
    options.memory = NULL;
    assert_int_equal(sk_manager_init(&m, &means, &options), SK_ERR_INVALID_ARGUMENT);
    options.memory = memory;
    options.memory_size = 0;
    means.slots.count = 5;
    assert_int_equal(sk_manager_init(&m, &means, &options), SK_ERR_NO_SLOT);
    assert_int_equal(ground_full_slots(), full);
    means.slots.count = 120;
    assert_int_equal(sk_manager_init(&m, &means, &options), SK_OK);
    sk_manager_stats(&m, &before);
    assert_int_equal(before.total_bytes, 1 << GROUND_BITS);
    assert_int_equal(before.total_slots, 120);
    assert_int_equal(m.source.take_pages(&m.source, 4, &pages), SK_OK);
    memset((void *)pages, 1, 4 * PAGE);
    m.source.give_pages(&m.source, pages, 4);
    sk_manager_stats(&m, &after);
    scene_check_same(&before, &after);
    sk_manager_fini(&m);
    assert_int_equal(ground_full_slots(), full);
    ground_check_kernel();
}

/* So many devices that writing them down takes more than the memory to start with. */
static void books_that_are_always_needed_are_not_counted(void **state)
{
    static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
    static struct ground g;
    struct sk_manager m;
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    uintptr_t pages;

    (void)state;
    for (unsigned devices = 0; devices < 200; devices += 9) {
        ground_open(&g);
        struct sk_manager_means means = {
            .slots = {sk_slot_at((sk_cnode){g.kernel.cnode}, g.kernel.next_slot), 500},
            .node = sk_node_whole(12),
            .root = sk_slot_at((sk_cnode){g.kernel.cnode}, g.kernel.cnode),
            .untyped = g.untyped,
            .bits = GROUND_BITS,
            .vspace = {g.kernel.vspace},
        };
        struct sk_manager_options options = {
            .memory = memory,
            .memory_size = 3 * 4096 + SK_SLOT_BLOCK_SIZE(12) + 512,
            .vspace_start = 0x10000000,
            .vspace_end = 0x7f000000,
        };

        assert_int_equal(sk_manager_init(&m, &means, &options), SK_OK);
        for (unsigned n = 0; n < devices; n++) {
            /* Nothing is made of them. */
            assert_int_equal(sk_manager_add_untyped(&m, sk_slot_at(means.root.root, 5),
                                                    0x100000000ull + n * 4096ull, 12, true),
                             SK_OK);
        }
        sk_manager_stats(&m, &before);
        assert_int_equal(m.source.take_pages(&m.source, 40, &pages), SK_OK);
        m.source.give_pages(&m.source, pages, 40);
        sk_manager_stats(&m, &after);
        scene_check_same(&before, &after);
        assert_true(devices < 150 || before.bookkeeping != 0);
    }
}

static void free_nothing(void *arg)
{
    sk_slots slots = {0};

    (void)arg;
    (void)!source->take_slots(source, 1, &slots);
    source->free_object(source, SK_BLUEPRINT(TCB), slots.first);
}

static void free_twice(void *arg)
{
    sk_slots slots = {0};

    (void)arg;
    (void)!source->take_slots(source, 1, &slots);
    (void)!source->make_object(source, SK_BLUEPRINT(TCB), slots.first);
    source->free_object(source, SK_BLUEPRINT(TCB), slots.first);
    source->free_object(source, SK_BLUEPRINT(TCB), slots.first);
}

static void freeing_what_was_not_made_traps(void **state)
{
    (void)state;
    scene_open(&s, false);
    assert_true(traps(free_nothing, NULL));
    assert_true(traps(free_twice, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_taken_comes_back),
        cmocka_unit_test(freeing_a_frame_unmaps_it),
        cmocka_unit_test(one_level_ends_with_its_slots_and_all_comes_back),
        cmocka_unit_test(two_levels_end_with_the_memory_and_all_comes_back),
        cmocka_unit_test(slots_of_the_second_level_work_like_others),
        cmocka_unit_test(a_second_level_that_is_used_stays_at_the_end),
        cmocka_unit_test(objects_made_together_take_few_calls_and_go_together),
        cmocka_unit_test(memory_for_devices_is_in_a_row),
        cmocka_unit_test(objects_are_made_at_an_address),
        cmocka_unit_test(a_spawned_task_manages_what_it_was_handed),
        cmocka_unit_test(books_that_are_always_needed_are_not_counted),
        cmocka_unit_test(freeing_what_was_not_made_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
