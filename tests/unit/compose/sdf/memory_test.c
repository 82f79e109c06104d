/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#define DOMAIN(body) \
    "<protection_domain name=\"a\"><program_image path=\"x.elf\"/>" body "</protection_domain>"

static void a_region_has_defaults(void **state)
{
    (void)state;
    struct reading *r = reading_good("<memory_region name=\"m\" size=\"0x3000\"/>" DOMAIN(
                                         "<map mr=\"m\" vaddr=\"0x1000\"/>"),
                                     &arm_limits);
    const struct sk_system_region *m = &r->system->regions[0];
    const struct sk_system_map *map = &r->system->domains[0].maps[0];

    assert_int_equal(m->size.value, 0x3000);
    assert_int_equal(m->page_size.value, 0x1000);
    assert_false(m->phys_addr.is_given);
    assert_null(m->prefill_path.value);
    assert_int_equal(m->prefill_bootinfo, SK_SYSTEM_BOOTINFO_NONE);
    assert_false(m->is_promoted || m->is_device || m->needs_address);
    assert_int_equal(m->use_count, 1);
    assert_ptr_equal(map->region, m);
    assert_int_equal(map->vaddr.value, 0x1000);
    assert_int_equal(map->perms, SK_SYSTEM_READ | SK_SYSTEM_WRITE);
    assert_true(map->cached.value);
    reading_fini(r);
}

static void a_region_is_what_is_written(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        "<memory_region name=\"m\" size=\"0x200000\" page_size=\"0x200_000\" "
        "phys_addr=\"0x50000000\" prefill_path=\"f.bin\"/>"
        "<memory_region name=\"fdt\" prefill_bootinfo=\"fdt\"/>"
        "<memory_region name=\"uart\" size=\"0x1000\" phys_addr=\"0x9000000\"/>" DOMAIN(
            "<map mr=\"m\" vaddr=\"0x200000\" perms=\"xr\" cached=\"false\"/>"
            "<map mr=\"uart\" vaddr=\"0x3000000\" cached=\"false\"/>"),
        &arm_limits);
    const struct sk_system_region *m = r->system->regions;

    assert_int_equal(m[0].page_size.value, 0x200000);
    assert_true(m[0].page_size.is_given);
    assert_true(m[0].phys_addr.is_given);
    assert_int_equal(m[0].phys_addr.value, 0x50000000);
    assert_string_equal(m[0].prefill_path.value, "f.bin");
    assert_false(m[0].is_device);
    assert_int_equal(m[1].prefill_bootinfo, SK_SYSTEM_BOOTINFO_FDT);
    assert_int_equal(m[1].size.value, 0);
    assert_false(m[1].size.is_given);
    assert_int_equal(m[1].use_count, 0);
    assert_true(m[2].is_device);
    assert_int_equal(r->system->domains[0].maps[0].perms, SK_SYSTEM_READ | SK_SYSTEM_EXECUTE);
    /* The second region is not used. */
    assert_int_equal(r->diag.warning_count, 1);
    reading_fini(r);
}

/* The page size of a region of 4 MiB, with these attributes and this map of it. */
static uint64_t page_size(const char *attrs, const char *map)
{
    struct arena a = {0};
    struct reading *r = reading_good(
        arena_printf(&a, "<memory_region name=\"m\" size=\"0x400000\" %s/>" DOMAIN("%s"), attrs,
                     map),
        &arm_limits);
    uint64_t size = r->system->regions[0].page_size.value;

    assert_int_equal(r->system->regions[0].is_promoted, size == 0x200000);
    reading_fini(r);
    arena_fini(&a);
    return size;
}

static void regions_get_large_pages_where_all_is_aligned(void **state)
{
    (void)state;
    assert_int_equal(page_size("", "<map mr=\"m\" vaddr=\"0x400000\"/>"), 0x200000);
    assert_int_equal(
        page_size("phys_addr=\"0x50200000\"", "<map mr=\"m\" vaddr=\"0x400000\"/>"), 0x200000);
    assert_int_equal(
        page_size("phys_addr=\"0x50201000\"", "<map mr=\"m\" vaddr=\"0x400000\"/>"), 0x1000);
    assert_int_equal(page_size("", "<map mr=\"m\" vaddr=\"0x401000\"/>"), 0x1000);
    assert_int_equal(
        page_size("", "<map mr=\"m\" vaddr=\"0x400000\"/><map mr=\"m\" vaddr=\"0x1001000\"/>"),
        0x1000);
    assert_int_equal(page_size("page_size=\"0x1000\"", "<map mr=\"m\" vaddr=\"0x400000\"/>"),
                     0x1000);
}

static void all_that_maps_set_is_in_one_list(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        "<memory_region name=\"m\" prefill_path=\"f\"/>" DOMAIN(
            "<map mr=\"m\" vaddr=\"0x1000\" setvar_vaddr=\"v\" setvar_size=\"s\" "
            "setvar_prefill_size=\"p\"/><setvar symbol=\"x\" region_paddr=\"m\"/>"),
        &arm_limits);
    const struct sk_system_domain *d = &r->system->domains[0];
    static const struct {
        const char *symbol;
        enum sk_system_setvar_kind kind;
    } expected[] = {
        {"v", SK_SYSTEM_SETVAR_VADDR},
        {"s", SK_SYSTEM_SETVAR_SIZE},
        {"p", SK_SYSTEM_SETVAR_PREFILL_SIZE},
        {"x", SK_SYSTEM_SETVAR_REGION_PADDR},
    };

    assert_int_equal(d->setvar_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(d->setvars[i].symbol.value, expected[i].symbol);
        assert_int_equal(d->setvars[i].kind, expected[i].kind);
        assert_ptr_equal(d->setvars[i].region, &r->system->regions[0]);
    }
    assert_int_equal(d->setvars[0].value, 0x1000);
    assert_ptr_equal(d->setvars[0].map, &d->maps[0]);
    assert_null(d->setvars[3].map);
    assert_true(r->system->regions[0].needs_address);
    assert_int_equal(r->system->regions[0].use_count, 2);
    reading_fini(r);
}

static void the_last_page_below_the_stack_can_be_mapped(void **state)
{
    (void)state;
    struct reading *r = reading_good("<memory_region name=\"m\" size=\"0x1000\"/>" DOMAIN(
                                         "<map mr=\"m\" vaddr=\"0x7fffffffb000\"/>"),
                                     &arm_limits);

    /* It is below a stack without a guard page, which is odd. */
    assert_int_equal(r->diag.warning_count, 1);
    reading_fini(r);
    assert_int_equal(sk_system_ipc_buffer(0x7fffffffffff), 0x7ffffffff000);
    assert_int_equal(sk_system_ipc_buffer(0x7fffffffefff), 0x7fffffffe000);
    assert_int_equal(sk_system_stack_top(0x7fffffffffff), 0x7fffffffe000);
    assert_int_equal(sk_system_stack_bottom(0xffffffffff, 0x2000), 0xffffffc000);
}

static void neighbours_do_not_overlap(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        "<memory_region name=\"m\" size=\"0x2000\" phys_addr=\"0x50000000\"/>"
        "<memory_region name=\"n\" size=\"0x1000\" phys_addr=\"0x50002000\"/>" DOMAIN(
            "<map mr=\"m\" vaddr=\"0x2000\"/><map mr=\"n\" vaddr=\"0x1000\"/>"
            "<map mr=\"n\" vaddr=\"0x4000\"/>"),
        &arm_limits);

    assert_int_equal(r->diag.warning_count, 0);
    reading_fini(r);
}

static void each_of_many_overlaps_is_told(void **state)
{
    (void)state;
    struct reading *r =
        reading_start("<system><memory_region name=\"big\" size=\"0x10000\"/>"
                      "<memory_region name=\"m\" size=\"0x1000\"/>" DOMAIN(
                          "<map mr=\"big\" vaddr=\"0x10000\"/><map mr=\"m\" vaddr=\"0x11000\"/>"
                          "<map mr=\"m\" vaddr=\"0x12000\"/><map mr=\"m\" vaddr=\"0x1f000\"/>"
                          "<map mr=\"m\" vaddr=\"0x20000\"/>") "</system>",
                      &arm_limits);

    assert_int_equal(r->diag.error_count, 3);
    reading_fini(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_region_has_defaults),
        cmocka_unit_test(a_region_is_what_is_written),
        cmocka_unit_test(regions_get_large_pages_where_all_is_aligned),
        cmocka_unit_test(all_that_maps_set_is_in_one_list),
        cmocka_unit_test(the_last_page_below_the_stack_can_be_mapped),
        cmocka_unit_test(neighbours_do_not_overlap),
        cmocka_unit_test(each_of_many_overlaps_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
