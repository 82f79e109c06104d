/*
 * Address spaces on the host core: ranges, tables, and pages that they make themselves.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/address_space.h>

#include <string.h>

#include "child.h"
#include "traps.h"

#define PAGE  0x1000ul
#define LARGE 0x200000ul

static struct scene *const s = &child_scene;
static struct sk_source *const source = &child_scene.manager.source;

static void ranges_are_found_and_do_not_overlap(void **state)
{
    struct random r = {3};
    static struct {
        uintptr_t vaddr;
        seL4_Word size;
        seL4_Word guard;
    } live[100];

    (void)state;
    child_open();
    for (unsigned step = 0; step < 5000; step++) {
        unsigned n = (unsigned)random_below(&r, 100);

        if (live[n].size != 0) {
            sk_address_space_release(&child_space, live[n].vaddr);
            live[n].size = 0;
        } else {
            seL4_Word size = PAGE * (1 + random_below(&r, 700));
            seL4_Word guard = PAGE * random_below(&r, 3);
            unsigned align = 12 + (unsigned)random_below(&r, 10);
            uintptr_t vaddr;

            assert_int_equal(sk_address_space_reserve(&child_space, size, align, guard, &vaddr),
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
    child_check();
    child_close();
}

static void a_range_is_full_when_it_is(void **state)
{
    struct sk_address_space small;
    uintptr_t vaddr[4];

    (void)state;
    child_open();
    sk_address_space_init(&small, child_space.vspace, source, 0x400000, 0x400000 + 6 * PAGE,
                          NULL);
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
    child_close();
}

static void tables_are_made_and_go_with_the_last_page(void **state)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;
    uintptr_t vaddr[3];

    (void)state;
    child_open();
    assert_int_equal(sk_address_space_reserve(&child_space, PAGE, 0, 0, &vaddr[0]), SK_OK);
    sk_address_space_release(&child_space, vaddr[0]);
    sk_address_space_trim(&child_space);
    before = scene_stats(s);
    assert_int_equal(child_space.table_count, 0);
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, NULL, &vaddr[0]), SK_OK);
    assert_int_equal(child_space.table_count, 3);
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, NULL, &vaddr[1]), SK_OK);
    assert_int_equal(child_space.table_count, 3);
    /* Another half TiB. */
    assert_int_equal(sk_address_space_map_new(
                         &child_space, 3 * PAGE,
                         &(struct sk_map_options){.vaddr = 0x10000000000 - PAGE}, &vaddr[2]),
                     SK_OK);
    assert_int_equal(child_space.table_count, 3 + 3 + 3);
    assert_int_equal(child_space.mapped_bytes, 5 * PAGE);
    child_check();
    sk_address_space_release(&child_space, vaddr[0]);
    assert_int_equal(child_space.table_count, 9);
    /* One that was emptied is kept, as long as there is no other. */
    sk_address_space_release(&child_space, vaddr[2]);
    assert_int_equal(child_space.table_count, 3 + 3);
    child_check();
    sk_address_space_release(&child_space, vaddr[1]);
    assert_int_equal(child_space.table_count, 3);
    child_check();
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, NULL, &vaddr[1]), SK_OK);
    assert_int_equal(child_space.table_count, 3);
    sk_address_space_trim(&child_space);
    assert_int_equal(child_space.table_count, 3);
    sk_address_space_release(&child_space, vaddr[1]);
    sk_address_space_trim(&child_space);
    assert_int_equal(child_space.table_count, 0);
    assert_int_equal(child_space.mapped_bytes, 0);
    after = scene_stats(s);
    scene_check_same(&before, &after);
    child_close();
}

static void large_pages_are_used_where_they_fit(void **state)
{
    struct sk_map_options options = {.guard_size = PAGE};
    uintptr_t vaddr, start;
    sk_frame frame;
    unsigned bits;

    (void)state;
    child_open();
    /* 2 MiB and a bit: a large page, and small ones behind it. */
    assert_int_equal(sk_address_space_map_new(&child_space, LARGE + 3 * PAGE, &options, &vaddr),
                     SK_OK);
    assert_int_equal(vaddr % LARGE, 0);
    assert_int_equal(sk_address_space_frame(&child_space, vaddr + 5000, &frame, &start, &bits),
                     SK_OK);
    assert_int_equal(bits, 21);
    assert_int_equal(start, vaddr);
    assert_int_equal(
        sk_address_space_frame(&child_space, vaddr + LARGE + PAGE, &frame, &start, &bits),
        SK_OK);
    assert_int_equal(bits, 12);
    assert_int_equal(start, vaddr + LARGE + PAGE);
    assert_int_equal(
        sk_address_space_frame(&child_space, vaddr + LARGE + 3 * PAGE, &frame, &start, &bits),
        SK_ERR_RANGE);
    child_check();
    sk_address_space_release(&child_space, vaddr);
    /* At an address that is not aligned, a large page begins where it can. */
    options.vaddr = 0x40000000 - 2 * PAGE;
    options.guard_size = 0;
    assert_int_equal(sk_address_space_map_new(&child_space, LARGE + 4 * PAGE, &options, &vaddr),
                     SK_OK);
    assert_int_equal(sk_address_space_frame(&child_space, 0x40000000, &frame, &start, &bits),
                     SK_OK);
    assert_int_equal(bits, 21);
    sk_address_space_release(&child_space, vaddr);
    options = (struct sk_map_options){.max_page_bits = 12};
    assert_int_equal(sk_address_space_map_new(&child_space, LARGE, &options, &vaddr), SK_OK);
    assert_int_equal(sk_address_space_frame(&child_space, vaddr, &frame, &start, &bits), SK_OK);
    assert_int_equal(bits, 12);
    sk_address_space_release(&child_space, vaddr);
    /* More memory than there is, in whatever pages. */
    assert_int_equal(sk_address_space_map_new(&child_space, 0x2000000, NULL, &vaddr),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(child_space.mapped_bytes, 0);
    options = (struct sk_map_options){.min_page_bits = 21, .vaddr = 0x401000};
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, &options, &vaddr),
                     SK_ERR_ALIGNMENT);
    options.vaddr = 0;
    options.min_page_bits = 13;
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, &options, &vaddr),
                     SK_ERR_ALIGNMENT);
    options.min_page_bits = 21;
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, &options, &vaddr), SK_OK);
    assert_int_equal(child_space.mapped_bytes, LARGE);
    child_check();
    child_close();
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
    child_open();
    for (unsigned n = 0; n < sizeof(bits) / sizeof(bits[0]); n++) {
        options.min_page_bits = bits[n].min;
        options.max_page_bits = bits[n].max;
        assert_int_equal(sk_address_space_map_new(&child_space, LARGE, &options, &vaddr),
                         SK_ERR_ALIGNMENT);
    }
    assert_int_equal(vaddr, 0);
    child_check();
    child_close();
}

static void nothing_is_writable_and_executable_unless_it_is_meant(void **state)
{
    struct sk_map_options options = {.rights = SK_RW | SK_EXECUTE};
    uintptr_t vaddr;

    (void)state;
    child_open();
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, &options, &vaddr),
                     SK_ERR_ILLEGAL_OPERATION);
    assert_int_equal(
        sk_address_space_map(&child_space, (sk_frame){s->kernel.frame}, 12, &options, NULL),
        SK_ERR_ILLEGAL_OPERATION);
    options.is_code_writable = true;
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, &options, &vaddr), SK_OK);
    assert_int_equal(
        sk_address_space_share(&child_space, vaddr, PAGE, &child_space,
                               &(struct sk_map_options){.rights = SK_RW | SK_EXECUTE}, &vaddr),
        SK_ERR_ILLEGAL_OPERATION);
    options = (struct sk_map_options){.rights = SK_RX};
    assert_int_equal(sk_address_space_map_new(&child_space, PAGE, &options, &vaddr), SK_OK);
    child_close();
}

static void caches_are_kept_over_pages_of_all_sizes(void **state)
{
    uintptr_t vaddr;

    (void)state;
    child_open();
    assert_int_equal(sk_address_space_map_new(&child_space, LARGE + 3 * PAGE, NULL, &vaddr),
                     SK_OK);
    for (enum sk_cache what = SK_CACHE_CLEAN; what <= SK_CACHE_UNIFY; what++) {
        assert_int_equal(
            sk_address_space_sync(&child_space, what, vaddr + 100, LARGE + 3 * PAGE - 200),
            SK_OK);
        assert_int_equal(sk_address_space_sync(&child_space, what, vaddr, LARGE + 4 * PAGE),
                         SK_ERR_RANGE);
    }
    assert_int_equal(sk_address_space_sync(&child_space, SK_CACHE_CLEAN, vaddr, ~0ul),
                     SK_ERR_RANGE);
    child_close();
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
    child_open();
    assert_int_equal(sk_address_space_reserve_at(&child_space, 0x500000, 4 * PAGE), SK_OK);
    assert_int_equal(sk_address_space_map_new(&child_space, 2 * PAGE, &options, &vaddr), SK_OK);
    options = (struct sk_map_options){.vaddr = 0x501000, .is_device = true};
    assert_int_equal(
        sk_address_space_map(&child_space, (sk_frame){s->kernel.frame}, 12, &options, NULL),
        SK_OK);
    sk_vspace_dump(&child_space, collect, text);
    assert_string_equal(text, "0x500000..0x504000 16 KiB, guards of 0 KiB\n"
                              "    0x501000 1 of 4 KiB rw- device foreign\n"
                              "0x600000..0x602000 8 KiB, guards of 4 KiB\n"
                              "    0x600000 2 of 4 KiB r-x made\n");
    child_close();
}

static void release_nothing(void *arg)
{
    (void)arg;
    sk_address_space_release(&child_space, 0x500000);
}

static void unmap_nothing(void *arg)
{
    (void)arg;
    sk_address_space_unmap(&child_space, 0x500000);
}

static void unmap_no_frame(void *arg)
{
    (void)arg;
    sk_address_space_unmap_frame(&child_space, (sk_frame){5});
}

static void releasing_and_unmapping_nothing_traps(void **state)
{
    (void)state;
    child_open();
    assert_true(traps(release_nothing, NULL));
    assert_true(traps(unmap_nothing, NULL));
    assert_true(traps(unmap_no_frame, NULL));
    child_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_are_found_and_do_not_overlap),
        cmocka_unit_test(a_range_is_full_when_it_is),
        cmocka_unit_test(tables_are_made_and_go_with_the_last_page),
        cmocka_unit_test(large_pages_are_used_where_they_fit),
        cmocka_unit_test(nothing_is_writable_and_executable_unless_it_is_meant),
        cmocka_unit_test(pages_that_cannot_be_are_refused),
        cmocka_unit_test(caches_are_kept_over_pages_of_all_sizes),
        cmocka_unit_test(a_dump_says_what_is_where),
        cmocka_unit_test(releasing_and_unmapping_nothing_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
