/*
 * The manager on the host core.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/manager.h>

#include <selkie/cap/cnode.h>
#include <string.h>

#include "boot_rest.h"
#include "ground.h"
#include "traps.h"

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager m;
static struct ground g;

#define START 0x10000000
#define END   0x7f000000

/* A manager of the boot info, but for the untyped that booting took from. */
static void open_boot(bool is_two_level)
{
    static seL4_BootInfo info;
    struct sk_manager_options options = {
        .memory = memory,
        .vspace_start = START,
        .vspace_end = END,
        .is_two_level = is_two_level,
    };

    g = (struct ground){.kernel = host_kernel_boot()};
    info = *g.kernel.info;
    info.empty.start = g.kernel.next_slot;
    boot_rest = (struct sk_boot_rest){.index = g.kernel.untyped - info.untyped.start};
    boot_rest.bits = info.untypedList[boot_rest.index].sizeBits;
    /* Two pages, behind each other. */
    boot_rest.used = 2 << seL4_PageBits;
    assert_int_equal(sk_manager_init_boot(&m, &info, &options), SK_OK);
    assert_int_equal(info.empty.end, info.empty.start);
}

static struct sk_manager_stats stats(void)
{
    struct sk_manager_stats s;

    sk_manager_stats(&m, &s);
    assert_true(sk_manager_check(&m));
    ground_check_kernel();
    return s;
}

static void check_same(const struct sk_manager_stats *a, const struct sk_manager_stats *b)
{
    assert_int_equal(a->free_bytes, b->free_bytes);
    assert_int_equal(a->total_bytes, b->total_bytes);
    assert_int_equal(a->free_slots, b->free_slots);
    assert_int_equal(a->total_slots, b->total_slots);
    assert_int_equal(a->bookkeeping, b->bookkeeping);
}

static void what_is_taken_comes_back(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    struct sk_source *source = &m.source;
    sk_slots slots;
    uintptr_t pages;

    (void)state;
    open_boot(false);
    before = stats();
    assert_int_equal(source->take_slots(source, 3, &slots), SK_OK);
    assert_int_equal(source->make_object(source, SK_BLUEPRINT(TCB), slots.first), SK_OK);
    assert_int_equal(source->take_pages(source, 13, &pages), SK_OK);
    memset((void *)pages, 0xaa, 13 << seL4_PageBits);
    assert_int_equal(
        source->make_object(source, sk_blueprint_frame(12), sk_slots_get(slots, 1)), SK_OK);
    assert_int_equal(source->map(source, (sk_frame){sk_slot_cptr(sk_slots_get(slots, 1))},
                                 0x20000000, SK_RW),
                     SK_OK);
    *(volatile int *)0x20000000 = 7;
    assert_true(source->page_frame(source, pages + 4096).cptr != 0);
    after = stats();
    assert_true(after.free_bytes < before.free_bytes);
    source->unmap(source, (sk_frame){sk_slot_cptr(sk_slots_get(slots, 1))});
    source->free_object(source, sk_blueprint_frame(12), sk_slots_get(slots, 1));
    source->give_pages(source, pages, 13);
    source->free_object(source, SK_BLUEPRINT(TCB), slots.first);
    source->give_slots(source, slots);
    after = stats();
    check_same(&before, &after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_taken_comes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
