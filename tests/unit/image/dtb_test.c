/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../../../tools/image/dtb.h"

static struct fixture f;

static int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    return 0;
}

static struct sk_dtb open_dtb(void)
{
    struct sk_dtb dtb = {0};
    struct sk_image_problem problem = {0};
    assert_true(sk_dtb_open(&f.parts.dtb, &dtb, &problem));
    return dtb;
}

static void memory_and_console_are_found(void **state)
{
    (void)state;
    struct sk_dtb dtb = open_dtb();
    assert_int_equal(dtb.size, f.parts.dtb.size);
    assert_int_equal(dtb.memory_count, 1);
    assert_true(dtb.memory[0].start == FIXTURE_KERNEL_PADDR);
    assert_true(dtb.memory[0].size == FIXTURE_RAM_SIZE);
    assert_int_equal(dtb.pl011_paddr, 0x9000000);
}

static void a_console_of_another_kind_is_left_alone(void **state)
{
    (void)state;
    const char *consoles[] = {NULL, "/other", "/nowhere@1", "", ":115200"};
    for (int i = 0; i < 5; i++) {
        fixture_dtb(&f, FIXTURE_KERNEL_PADDR, FIXTURE_RAM_SIZE, consoles[i]);
        assert_int_equal(open_dtb().pl011_paddr, 0);
    }
}

static void what_is_not_a_device_tree_is_refused(void **state)
{
    (void)state;
    f.dtb[0] ^= 1;
    fixture_assert_refused(&f, "kernel.dtb: not a device tree blob");
    f.parts.dtb.size = 3;
    fixture_assert_refused(&f, "kernel.dtb: not a device tree blob");
}

static void a_device_tree_cut_short_is_refused(void **state)
{
    (void)state;
    f.parts.dtb.size--;
    fixture_assert_refused(&f, "kernel.dtb: the device tree is damaged");
}

static void a_device_tree_without_memory_is_refused(void **state)
{
    (void)state;
    fixture_dtb(&f, 0, 0, NULL);
    fixture_assert_refused(&f, "kernel.dtb: the device tree names no memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(memory_and_console_are_found, setup),
        cmocka_unit_test_setup(a_console_of_another_kind_is_left_alone, setup),
        cmocka_unit_test_setup(what_is_not_a_device_tree_is_refused, setup),
        cmocka_unit_test_setup(a_device_tree_cut_short_is_refused, setup),
        cmocka_unit_test_setup(a_device_tree_without_memory_is_refused, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
