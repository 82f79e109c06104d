/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <string.h>

static const char body[] =
    "<memory_region name=\"file\" prefill_path=\"f\"/>"
    "<memory_region name=\"next\" size=\"0x1000\"/>"
    "<protection_domain name=\"a\"><program_image path=\"x.elf\"/>"
    "<map mr=\"file\" vaddr=\"0x200000\"/><map mr=\"next\" vaddr=\"0x400000\"/>"
    "</protection_domain>";

static struct reading *with_size(uint64_t size)
{
    struct reading *r = reading_good(body, &arm_limits);

    r->system->regions[0].size.value = size;
    sk_sdf_check_sizes(&r->arena, r->system, &arm_limits, &r->diag);
    return r;
}

static void a_file_that_fits_is_good(void **state)
{
    (void)state;
    struct reading *r = with_size(0x1ff000);

    assert_int_equal(r->diag.error_count, 0);
    assert_int_equal(r->system->regions[0].page_size.value, 0x1000);
    reading_fini(r);
}

static void a_large_file_gets_large_pages(void **state)
{
    (void)state;
    struct reading *r = with_size(0x200000);

    assert_int_equal(r->diag.error_count, 0);
    assert_int_equal(r->system->regions[0].page_size.value, 0x200000);
    assert_true(r->system->regions[0].is_promoted);
    reading_fini(r);
}

static void a_file_that_reaches_the_next_map_is_told(void **state)
{
    (void)state;
    struct reading *r = with_size(0x201000);

    assert_int_equal(r->diag.error_count, 1);
    assert_non_null(strstr(reading_said(r), "addresses overlap"));
    reading_fini(r);
}

static void a_file_larger_than_memory_is_told(void **state)
{
    (void)state;
    struct reading *r = with_size(0x7ffff000);
    assert_non_null(strstr(reading_said(r), "addresses overlap"));
    assert_int_equal(r->diag.error_count, 1);
    reading_fini(r);
    r = with_size(0x80000000);
    assert_non_null(strstr(reading_said(r), "need more memory than there is"));
    reading_fini(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_fits_is_good),
        cmocka_unit_test(a_large_file_gets_large_pages),
        cmocka_unit_test(a_file_that_reaches_the_next_map_is_told),
        cmocka_unit_test(a_file_larger_than_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
