/*
 * Every kernel call, and every request, fails in turn: nothing leaks, and all goes on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/scope.h>

#include <selkie/cap/asid_pool.h>
#include <selkie/cap/cnode.h>
#include <string.h>

#include "inject.h"
#include "scene.h"

#define PAGE  0x1000ul
#define LARGE 0x200000ul

static struct scene s;
static struct sk_source *const source = &s.manager.source;

/* Slots, objects one by one and together, pages, mappings: through a source. */
static sk_err use_source(struct sk_source *in)
{
    sk_slots slots;
    sk_slots more;
    uintptr_t pages;
    sk_frame frame;

    SK_TRY(in->take_slots(in, 120, &slots));
    for (seL4_Word n = 0; n < 50; n++) {
        SK_TRY(in->make_object(in, n % 2 == 0 ? SK_BLUEPRINT(Endpoint) : sk_blueprint_cnode(2),
                               sk_slots_get(slots, n)));
    }
    more = (sk_slots){sk_slots_get(slots, 50), 60};
    SK_TRY(in->make_objects(in, SK_BLUEPRINT(Notification), more));
    SK_TRY(in->take_pages(in, 21, &pages));
    memset((void *)pages, 1, 21 * PAGE);
    SK_TRY(in->make_object(in, sk_blueprint_frame(21), sk_slots_get(slots, 111)));
    SK_TRY(in->make_object(in, sk_blueprint_frame(12), sk_slots_get(slots, 112)));
    frame = (sk_frame){sk_slot_cptr(sk_slots_get(slots, 112))};
    SK_TRY(in->map(in, frame, 0x9000000, SK_RW));
    in->free_objects(in, SK_BLUEPRINT(Notification), more);
    return SK_OK;
}

static sk_err use_scope(void)
{
    SK_SCOPE(scope, source);

    return use_source(&scope.source);
}

/* The same for what only a manager has, and for a child's address space. */
static sk_err use_child(struct sk_address_space *child)
{
    struct sk_map_options options = {.guard_size = PAGE};
    uintptr_t theirs;
    uintptr_t shared;

    SK_TRY(sk_address_space_map_new(child, LARGE + 40 * PAGE, &options, &theirs));
    SK_TRY(sk_address_space_map_new(child, 9 * PAGE, &options, &theirs));
    SK_TRY(sk_address_space_share(child, theirs + PAGE, 7 * PAGE, child, NULL, &shared));
    SK_TRY(sk_address_space_map(child, (sk_frame){s.kernel.frame}, 12, NULL, &shared));
    sk_address_space_unmap(child, shared);
    return SK_OK;
}

static sk_err use_manager(void)
{
    struct sk_address_space child;
    sk_slots slot;
    uintptr_t vaddr;
    uint64_t paddr;
    sk_err err;

    SK_TRY(source->take_slots(source, 1, &slot));
    err = source->make_object(source, sk_blueprint_vspace(), slot.first);
    if (err == SK_OK) {
        assert_int_equal(sk_asid_pool_assign((sk_asid_pool){seL4_CapInitThreadASIDPool},
                                             (sk_vspace){sk_slot_cptr(slot.first)}),
                         SK_OK);
        sk_address_space_init(&child, (sk_vspace){sk_slot_cptr(slot.first)}, source, 0x400000,
                              0x800000000000, NULL);
        err = use_child(&child);
        assert_true(err != SK_OK || sk_address_space_check(&child));
        sk_address_space_fini(&child);
        source->free_object(source, sk_blueprint_vspace(), slot.first);
    }
    source->give_slots(source, slot);
    SK_TRY(err);
    SK_TRY(sk_manager_take_dma(&s.manager, 16 * PAGE, NULL, &vaddr, &paddr));
    sk_manager_give_dma(&s.manager, vaddr);
    return SK_OK;
}

static void check_all(sk_err (*work)(void), bool is_two_level, unsigned many)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    bool has_failed = true;
    unsigned errors = 0;
    unsigned nth;

    scene_open(&s, is_two_level);
    before = scene_stats(&s);
    for (nth = 1; has_failed; nth++) {
        sk_err err;

        inject_at(nth, many);
        err = work();
        has_failed = inject_has_failed();
        inject_at(0, 0);
        /* An allocator may find another way, but without a failure there is no error. */
        assert_true(err == SK_OK || has_failed);
        errors += err != SK_OK;
        after = scene_stats(&s);
        scene_check_same(&before, &after);
        assert_int_equal(work(), SK_OK);
        after = scene_stats(&s);
        scene_check_same(&before, &after);
    }
    assert_true(nth > 60);
    /* A manager tries once more. */
    assert_true(many == 1 || errors > 20);
    scene_close(&s);
}

static void nothing_leaks_through_a_scope(void **state)
{
    (void)state;
    check_all(use_scope, false, 1);
    check_all(use_scope, false, 2);
    check_all(use_scope, false, ~0u);
}

static void nothing_leaks_through_a_manager(void **state)
{
    (void)state;
    check_all(use_manager, false, 1);
    check_all(use_manager, false, ~0u);
}

/* The first CNode is nearly full, so that all this needs a second one, and a third. */
static sk_err use_second_level(void)
{
    SK_SCOPE(scope, source);
    struct sk_source *in = &scope.source;
    sk_slots slots;

    for (unsigned n = 0; n < 12; n++) {
        SK_TRY(in->take_slots(in, 400, &slots));
    }
    return use_source(in);
}

static void nothing_leaks_when_a_cspace_cannot_grow(void **state)
{
    (void)state;
    check_all(use_second_level, true, ~0u);
}

static void a_manager_that_cannot_begin_leaves_all_as_it_was(void **state)
{
    static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
    static struct ground g;
    bool has_failed = true;
    unsigned nth;

    (void)state;
    for (nth = 1; has_failed; nth++) {
        struct sk_manager m;
        struct sk_manager_options options = {
            .memory = memory,
            .vspace_start = 0x10000000,
            .vspace_end = 0x7f000000,
            .is_two_level = true,
        };
        seL4_Word full;
        sk_err err;

        ground_open(&g);
        full = ground_full_slots();
        options.tcb.cptr = g.kernel.tcb;
        struct sk_manager_means means = {
            .slots = {sk_slot_at((sk_cnode){g.kernel.cnode}, g.kernel.next_slot), 200},
            .node = sk_node_whole(12),
            .root = sk_slot_at((sk_cnode){g.kernel.cnode}, g.kernel.cnode),
            .untyped = g.untyped,
            .bits = GROUND_BITS,
            .vspace = {g.kernel.vspace},
        };
        inject_at(nth, 1);
        err = sk_manager_init(&m, &means, &options);
        has_failed = inject_has_failed();
        inject_at(0, 0);
        assert_true(has_failed ? err == SK_ERR_NO_MEMORY || err == SK_ERR_NO_SLOT
                               : err == SK_OK);
        ground_check_kernel();
        if (err == SK_OK) {
            sk_manager_fini(&m);
        }
        assert_int_equal(ground_full_slots(), full);
    }
    assert_true(nth > 20);
}

static void a_boot_info_that_cannot_be_managed_is_as_it_was(void **state)
{
    static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
    struct sk_manager_options options = {
        .memory = memory,
        .vspace_start = 0x10000000,
        .vspace_end = 0x7f000000,
    };
    bool has_failed = true;
    unsigned errors = 0;
    seL4_BootInfo info;
    seL4_Word full;

    (void)state;
    scene_open(&s, false);
    sk_manager_fini(&s.manager);
    full = ground_full_slots();
    for (unsigned nth = 1; has_failed; nth++) {
        sk_err err;

        info = s.info;
        inject_at(nth, 1);
        err = sk_manager_init_boot(&s.manager, &info, &options);
        has_failed = inject_has_failed();
        inject_at(0, 0);
        assert_true(err == SK_OK || (has_failed && err == SK_ERR_NO_MEMORY));
        assert_int_equal(info.empty.end, err != SK_OK ? s.info.empty.end : s.info.empty.start);
        errors += err != SK_OK;
        if (err == SK_OK) {
            sk_manager_fini(&s.manager);
        }
        assert_int_equal(ground_full_slots(), full);
    }
    assert_true(errors > 0);
}

/* A source in front of another one, whose nth request fails. */
struct weak {
    struct sk_source source;
    struct sk_source *behind;
    unsigned count;
    unsigned fail_at;
};

static bool fails(struct weak *w)
{
    return ++w->count == w->fail_at;
}

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    struct weak *w = (struct weak *)self;

    return fails(w) ? SK_ERR_NO_SLOT : w->behind->take_slots(w->behind, count, ret_slots);
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    struct weak *w = (struct weak *)self;

    w->behind->give_slots(w->behind, slots);
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    struct weak *w = (struct weak *)self;

    return fails(w) ? SK_ERR_FRAGMENTED : w->behind->make_object(w->behind, what, into);
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    struct weak *w = (struct weak *)self;

    w->behind->free_object(w->behind, what, at);
}

static sk_err take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    struct weak *w = (struct weak *)self;

    return fails(w) ? SK_ERR_NO_MEMORY : w->behind->take_pages(w->behind, count, ret_vaddr);
}

static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    struct weak *w = (struct weak *)self;

    w->behind->give_pages(w->behind, vaddr, count);
}

/* An address space over a source that makes objects one by one, and fails. */
static void nothing_leaks_when_a_request_fails(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    bool has_failed = true;
    unsigned errors = 0;
    sk_slots slot;

    (void)state;
    scene_open(&s, false);
    assert_int_equal(source->take_slots(source, 1, &slot), SK_OK);
    assert_int_equal(source->make_object(source, sk_blueprint_vspace(), slot.first), SK_OK);
    assert_int_equal(sk_asid_pool_assign((sk_asid_pool){seL4_CapInitThreadASIDPool},
                                         (sk_vspace){sk_slot_cptr(slot.first)}),
                     SK_OK);
    before = scene_stats(&s);
    for (unsigned nth = 1; has_failed; nth++) {
        struct weak w = {
            .source = {.take_slots = take_slots,
                       .give_slots = give_slots,
                       .make_object = make_object,
                       .free_object = free_object,
                       .take_pages = take_pages,
                       .give_pages = give_pages},
            .behind = source,
            .fail_at = nth,
        };
        struct sk_address_space child;
        sk_err err;

        sk_address_space_init(&child, (sk_vspace){sk_slot_cptr(slot.first)}, &w.source,
                              0x400000, 0x800000000000, NULL);
        err = use_child(&child);
        has_failed = w.count >= nth;
        assert_true(err == SK_OK || has_failed);
        errors += err != SK_OK;
        assert_true(sk_address_space_check(&child));
        sk_address_space_fini(&child);
        after = scene_stats(&s);
        scene_check_same(&before, &after);
    }
    assert_true(errors > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_leaks_through_a_scope),
        cmocka_unit_test(nothing_leaks_through_a_manager),
        cmocka_unit_test(nothing_leaks_when_a_cspace_cannot_grow),
        cmocka_unit_test(a_manager_that_cannot_begin_leaves_all_as_it_was),
        cmocka_unit_test(a_boot_info_that_cannot_be_managed_is_as_it_was),
        cmocka_unit_test(nothing_leaks_when_a_request_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
