/*
 * Scopes on the host core: whatever way they end, all is given back.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/scope.h>

#include <selkie/cap/cnode.h>
#include <selkie/cap/owned.h>
#include <string.h>

#include "scene.h"
#include "traps.h"

static struct scene s;
static struct sk_source *const source = &s.manager.source;

/* The frame of a mapping, and its slot. */
static sk_err map_a_frame(struct sk_source *from, uintptr_t vaddr, sk_slot *ret_slot)
{
    sk_slots slot;

    SK_TRY(from->take_slots(from, 1, &slot));
    SK_TRY(from->make_object(from, sk_blueprint_frame(12), slot.first));
    SK_TRY(from->map(from, (sk_frame){sk_slot_cptr(slot.first)}, vaddr, SK_RW));
    *(volatile int *)vaddr = 1;
    *ret_slot = slot.first;
    return SK_OK;
}

/* Leave at a statement of the test's choice. */
#define LEAVE_AT(n)          \
    if (stop == (n)) {       \
        return SK_ERR_RANGE; \
    }

static sk_err innermost(struct sk_source *from, sk_slot outside, int stop)
{
    SK_SCOPE(scope, from);
    struct sk_source *in = &scope.source;
    sk_slots slots;
    sk_slot frame;
    uintptr_t pages;

    LEAVE_AT(20);
    SK_TRY(in->take_slots(in, 5, &slots));
    LEAVE_AT(21);
    SK_TRY(in->make_object(in, sk_blueprint_cnode(3), slots.first));
    LEAVE_AT(22);
    /* A capability of somebody else's is deleted with the slot. */
    SK_TRY(sk_slot_copy(sk_slots_get(slots, 1), outside, seL4_AllRights));
    LEAVE_AT(23);
    SK_TRY(in->make_objects(in, SK_BLUEPRINT(Endpoint), (sk_slots){sk_slots_get(slots, 2), 3}));
    LEAVE_AT(24);
    SK_TRY(map_a_frame(in, 0x9002000, &frame));
    LEAVE_AT(25);
    in->unmap(in, (sk_frame){sk_slot_cptr(frame)});
    LEAVE_AT(26);
    SK_TRY(in->take_pages(in, 2, &pages));
    LEAVE_AT(27);
    in->free_objects(in, SK_BLUEPRINT(Endpoint), (sk_slots){sk_slots_get(slots, 2), 3});
    LEAVE_AT(28);
    in->give_slots(in, (sk_slots){sk_slots_get(slots, 2), 3});
    LEAVE_AT(29);
    in->give_pages(in, pages, 2);
    LEAVE_AT(30);
    return SK_OK;
}

static sk_err middle(struct sk_source *from, sk_slot outside, int stop)
{
    SK_SCOPE(scope, from);
    struct sk_source *in = &scope.source;
    SK_AUTO(sk_owned_object) tcb = {0};
    sk_slot frame;

    LEAVE_AT(10);
    SK_TRY(sk_owned_object_make(in, SK_BLUEPRINT(TCB), &tcb));
    LEAVE_AT(11);
    SK_TRY(map_a_frame(in, 0x9001000, &frame));
    LEAVE_AT(12);
    SK_TRY(innermost(in, outside, stop));
    LEAVE_AT(13);
    in->free_object(in, sk_blueprint_frame(12), frame);
    LEAVE_AT(14);
    return SK_OK;
}

static sk_err outermost(sk_slot outside, int stop)
{
    SK_SCOPE(scope, source);
    struct sk_source *in = &scope.source;
    sk_slot frame;
    uintptr_t pages;

    LEAVE_AT(1);
    SK_TRY(in->take_pages(in, 3, &pages));
    memset((void *)pages, 1, 3 * 4096);
    LEAVE_AT(2);
    SK_TRY(map_a_frame(in, 0x9000000, &frame));
    LEAVE_AT(3);
    SK_TRY(middle(in, outside, stop));
    LEAVE_AT(4);
    for (unsigned n = 0; n < 2; n++) {
        SK_SCOPE(loop, in);
        sk_slots slots;

        SK_TRY(loop.source.take_slots(&loop.source, 60, &slots));
        if (stop == 5) {
            break;
        }
        LEAVE_AT(6);
    }
    LEAVE_AT(7);
    return SK_OK;
}

static void a_scope_that_is_left_at_any_statement_leaves_nothing(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    unsigned left = 0;
    sk_slots slots;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 1, &slots), SK_OK);
    assert_int_equal(source->make_object(source, SK_BLUEPRINT(Notification), slots.first),
                     SK_OK);
    before = scene_stats(&s);
    for (int stop = 0; stop <= 31; stop++) {
        sk_err err = outermost(slots.first, stop);

        left += err == SK_ERR_RANGE;
        assert_true(err == SK_OK || err == SK_ERR_RANGE);
        after = scene_stats(&s);
        scene_check_same(&before, &after);
        /* What was copied into a scope is not its to free. */
        assert_true(ground_is_full(slots.first.index));
    }
    assert_int_equal(left, 6 + 5 + 11);
    source->free_object(source, SK_BLUEPRINT(Notification), slots.first);
    source->give_slots(source, slots);
    scene_close(&s);
}

static void copies_of_what_was_made_in_a_scope_end_with_it(void **state)
{
    sk_slots outside;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 1, &outside), SK_OK);
    {
        SK_SCOPE(scope, source);
        sk_owned_object object = {0};

        assert_int_equal(sk_owned_object_make(&scope.source, SK_BLUEPRINT(Endpoint), &object),
                         SK_OK);
        assert_int_equal(
            sk_slot_copy(outside.first, sk_owned_object_slot(&object), seL4_AllRights), SK_OK);
        assert_true(ground_is_full(outside.first.index));
    }
    assert_false(ground_is_full(outside.first.index));
    source->give_slots(source, outside);
    scene_close(&s);
}

static void a_scope_may_end_early_and_twice(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    sk_scope scope;
    sk_scope none = {0};
    uintptr_t pages;

    (void)state;
    scene_open(&s, false);
    before = scene_stats(&s);
    sk_scope_init(&scope, source);
    assert_int_equal(scope.source.take_pages(&scope.source, 1, &pages), SK_OK);
    sk_scope_fini(&scope);
    sk_scope_fini(&scope);
    sk_scope_fini(&none);
    after = scene_stats(&s);
    scene_check_same(&before, &after);
}

static void free_foreign(void *arg)
{
    SK_SCOPE(scope, source);
    sk_slots slots = {0};

    (void)arg;
    (void)!source->take_slots(source, 1, &slots);
    scope.source.give_slots(&scope.source, slots);
}

static void giving_a_scope_what_is_not_its_traps(void **state)
{
    (void)state;
    scene_open(&s, false);
    assert_true(traps(free_foreign, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scope_that_is_left_at_any_statement_leaves_nothing),
        cmocka_unit_test(copies_of_what_was_made_in_a_scope_end_with_it),
        cmocka_unit_test(a_scope_may_end_early_and_twice),
        cmocka_unit_test(giving_a_scope_what_is_not_its_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
