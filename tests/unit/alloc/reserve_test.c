/*
 * What the manager keeps: books that it gives up when somebody wants their memory, and the
 * records and slots without which it could not grow.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/manager.h>

#include "scene.h"

#define PAGE  0x1000ul
#define LARGE 0x200000ul

static struct scene s;
static struct sk_source *const source = &s.manager.source;

static sk_err make_one(struct sk_source *in, sk_blueprint what, sk_slot *ret_slot)
{
    sk_slots slot;
    sk_err err;

    SK_TRY(in->take_slots(in, 1, &slot));
    err = in->make_object(in, what, slot.first);
    if (err != SK_OK) {
        in->give_slots(in, slot);
        return err;
    }
    *ret_slot = slot.first;
    return SK_OK;
}

static void free_one(struct sk_source *in, sk_blueprint what, sk_slot at)
{
    in->free_object(in, what, at);
    in->give_slots(in, (sk_slots){at, 1});
}

/* All memory but one piece of 2 MiB. Books, however large, are then in this piece. */
static void leave_one_large_piece(void)
{
    sk_slot large[2] = {0};
    sk_slot slot;

    while (make_one(source, sk_blueprint_frame(21), &slot) == SK_OK) {
        large[0] = large[1];
        large[1] = slot;
    }
    for (unsigned bits = 20; bits >= 12; bits--) {
        while (make_one(source, sk_blueprint_untyped(bits), &slot) == SK_OK) {
        }
    }
    free_one(source, sk_blueprint_frame(21), large[0]);
    assert_true(s.manager.untypeds.free_bytes < LARGE + PAGE);
}

/* Many objects, and nothing is left of them but books that are kept. */
static void make_books_grow(void)
{
    static sk_slot live[900];

    for (unsigned n = 0; n < 900; n++) {
        assert_int_equal(make_one(source, SK_BLUEPRINT(Notification), &live[n]), SK_OK);
    }
    for (unsigned n = 0; n < 900; n++) {
        free_one(source, SK_BLUEPRINT(Notification), live[n]);
    }
    assert_true(s.manager.records.chunks[1] != NULL);
}

static void kept_books_are_given_up_for_an_object(void **state)
{
    sk_slots slot;

    (void)state;
    scene_open(&s, false);
    leave_one_large_piece();
    assert_int_equal(source->take_slots(source, 1, &slot), SK_OK);
    make_books_grow();
    assert_int_equal(source->make_object(source, sk_blueprint_frame(21), slot.first), SK_OK);
    (void)scene_stats(&s);
}

static void kept_books_are_given_up_for_objects_made_together(void **state)
{
    sk_slots slots;

    (void)state;
    scene_open(&s, false);
    leave_one_large_piece();
    assert_int_equal(source->take_slots(source, 512, &slots), SK_OK);
    make_books_grow();
    assert_int_equal(source->make_objects(source, sk_blueprint_frame(12), slots), SK_OK);
    (void)scene_stats(&s);
}

/* Half of the piece; tables for its addresses are there already. */
static void kept_books_are_given_up_for_memory_in_a_row(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    uintptr_t vaddr;
    uint64_t paddr;
    sk_slot slot;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_pages(source, 1, &vaddr), SK_OK);
    leave_one_large_piece();
    assert_int_equal(make_one(source, sk_blueprint_untyped(20), &slot), SK_OK);
    before = scene_stats(&s);
    make_books_grow();
    assert_int_equal(sk_manager_take_dma(&s.manager, LARGE / 2, NULL, &vaddr, &paddr), SK_OK);
    sk_manager_give_dma(&s.manager, vaddr);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
}

static void kept_books_are_given_up_where_an_object_is_wanted(void **state)
{
    seL4_ARM_Page_GetAddress_t where;
    sk_slots slot;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 1, &slot), SK_OK);
    make_books_grow();
    where = seL4_ARM_Page_GetAddress(
        source->page_frame(source, (uintptr_t)s.manager.records.chunks[1]).cptr);
    assert_int_equal(where.error, seL4_NoError);
    assert_int_equal(
        sk_manager_make_at(&s.manager, sk_blueprint_frame(12), where.paddr, slot.first), SK_OK);
    /* Now it is somebody's. */
    assert_int_equal(source->take_slots(source, 1, &slot), SK_OK);
    assert_int_equal(
        sk_manager_make_at(&s.manager, sk_blueprint_frame(12), where.paddr, slot.first),
        SK_ERR_REVOKE_FIRST);
    (void)scene_stats(&s);
}

/* A task with 2 MiB, a pool of records that is small, and so many slots. */
static void open_small(struct sk_manager *m, seL4_Word slot_count)
{
    static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
    static struct ground g;

    ground_open(&g);
    struct sk_manager_means means = {
        .slots = {sk_slot_at((sk_cnode){g.kernel.cnode}, g.kernel.next_slot), slot_count},
        .node = sk_node_whole(12),
        .root = sk_slot_at((sk_cnode){g.kernel.cnode}, g.kernel.cnode),
        .untyped = g.untyped,
        .bits = GROUND_BITS,
        .vspace = {g.kernel.vspace},
    };
    struct sk_manager_options options = {
        .memory = memory,
        .memory_size = 3 * SK_RECORD_CHUNK + SK_SLOT_BLOCK_SIZE(12) + 512,
        .vspace_start = 0x10000000,
        .vspace_end = 0x7f000000,
    };
    assert_int_equal(sk_manager_init(m, &means, &options), SK_OK);
}

/* Ranges take a record each, and nothing else. */
static sk_err reserve_range(struct sk_manager *m)
{
    SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(m);
    uintptr_t vaddr;

    return sk_address_space_reserve(&m->space, PAGE, 0, 0, &vaddr);
}

/*
 * When there is no memory, records are used up to what growing needs; and when there is memory
 * again, in one piece that is to be split often, there are more of them at once.
 */
static void records_for_growing_are_kept(void **state)
{
    static struct sk_manager m;
    sk_slot half;
    sk_slot slot;

    (void)state;
    open_small(&m, 2000);
    assert_int_equal(make_one(&m.source, sk_blueprint_untyped(GROUND_BITS - 1), &half), SK_OK);
    while (make_one(&m.source, sk_blueprint_frame(12), &slot) == SK_OK) {
    }
    while (reserve_range(&m) == SK_OK) {
    }
    assert_int_equal(reserve_range(&m), SK_ERR_NO_MEMORY);
    free_one(&m.source, sk_blueprint_untyped(GROUND_BITS - 1), half);
    for (unsigned n = 0; n < 500; n++) {
        assert_int_equal(reserve_range(&m), SK_OK);
    }
    assert_true(sk_manager_check(&m));
}

/* No slot is left but those that growing needs, to split the largest piece that there is. */
static void slots_for_growing_are_kept(void **state)
{
    static struct sk_manager m;
    sk_slots slots;
    sk_slot slot;
    seL4_Word chunks;

    (void)state;
    open_small(&m, 400);
    for (unsigned bits = 12; bits < GROUND_BITS - 1; bits++) {
        assert_int_equal(make_one(&m.source, sk_blueprint_untyped(bits), &slot), SK_OK);
    }
    while (m.source.take_slots(&m.source, 1, &slots) == SK_OK) {
    }
    chunks = m.records.chunk_count;
    while (m.records.chunk_count == chunks) {
        assert_int_equal(reserve_range(&m), SK_OK);
    }
    assert_true(sk_manager_check(&m));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_books_are_given_up_for_an_object),
        cmocka_unit_test(kept_books_are_given_up_for_objects_made_together),
        cmocka_unit_test(kept_books_are_given_up_for_memory_in_a_row),
        cmocka_unit_test(kept_books_are_given_up_where_an_object_is_wanted),
        cmocka_unit_test(records_for_growing_are_kept),
        cmocka_unit_test(slots_for_growing_are_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
