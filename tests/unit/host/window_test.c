/*
 * Memory in the window: pages that the kernel maps are pages of the process.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <string.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>
#include <selkie/arch/kernel/window.h>

#include "check.h"
#include "core/kernel.h"
#include "host_kernel.h"

#define PAGE 0x20000ul

static seL4_Error map(struct host_kernel *k, seL4_CPtr frame, seL4_Word vaddr)
{
    return seL4_ARM_Page_Map(frame, k->vspace, vaddr, seL4_ReadWrite,
                             seL4_ARM_Default_VMAttributes);
}

static void the_first_thread_reads_its_boot_information(void **state)
{
    struct host_kernel k = host_kernel_boot();

    (void)state;
    assert_int_equal(k.info->initThreadCNodeSizeBits, 12);
    assert_ptr_equal(k.info->ipcBuffer, seL4_GetIPCBuffer());
    assert_int_equal(host_kernel_mapping_count(), 0);
}

static void a_mapped_page_is_written_through_a_pointer(void **state)
{
    struct host_kernel k = host_kernel_boot();
    volatile uint64_t *page = (volatile uint64_t *)PAGE;
    uint64_t seen = 0;

    (void)state;
    assert_int_equal(map(&k, k.frame, PAGE), seL4_NoError);
    assert_int_equal(host_kernel_mapping_count(), 1);
    assert_int_equal(page[3], 0);
    page[3] = 0x5e1c1e;
    assert_true(sk_host_read(sk_host_kernel(), sk_host_kernel()->current, PAGE + 24, &seen, 8));
    assert_int_equal(seen, 0x5e1c1e);
}

static void a_page_mapped_elsewhere_keeps_its_contents(void **state)
{
    struct host_kernel k = host_kernel_boot();

    (void)state;
    assert_int_equal(map(&k, k.frame, PAGE), seL4_NoError);
    strcpy((char *)PAGE, "here");
    assert_int_equal(seL4_ARM_Page_Unmap(k.frame), seL4_NoError);
    assert_int_equal(host_kernel_mapping_count(), 0);
    assert_int_equal(map(&k, k.frame, PAGE + 0x1000), seL4_NoError);
    assert_string_equal((char *)PAGE + 0x1000, "here");
}

static void another_page_in_the_same_place_shows_its_own_contents(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr other = host_kernel_make(&k, seL4_ARM_SmallPageObject, 0);

    (void)state;
    assert_int_equal(map(&k, k.frame, PAGE), seL4_NoError);
    *(volatile int *)PAGE = 1;
    assert_int_equal(map(&k, other, PAGE), seL4_NoError);
    assert_int_equal(*(volatile int *)PAGE, 0);
}

static void a_large_page_is_memory_from_end_to_end(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr frame = host_kernel_make(&k, seL4_ARM_LargePageObject, 0);
    volatile unsigned char *at = (volatile unsigned char *)0x800000;

    (void)state;
    assert_int_equal(map(&k, frame, 0x800000), seL4_NoError);
    at[0] = 1;
    at[0x1fffff] = 2;
    assert_int_equal(seL4_ARM_Page_Unmap(frame), seL4_NoError);
    assert_int_equal(map(&k, frame, 0xa00000), seL4_NoError);
    assert_int_equal(at[0x200000], 1);
    assert_int_equal(at[0x3fffff], 2);
}

static void memory_outside_the_window_is_reached_by_accessors(void **state)
{
    struct host_kernel k = host_kernel_boot();
    const struct tcb *t = sk_host_kernel()->current;
    char text[] = "below", seen[sizeof(text)];

    (void)state;
    assert_int_equal(map(&k, k.frame, 0x1000), seL4_NoError);
    assert_true(sk_host_write(sk_host_kernel(), t, 0x1ff0, text, sizeof(text)));
    assert_true(sk_host_read(sk_host_kernel(), t, 0x1ff0, seen, sizeof(seen)));
    assert_string_equal(seen, text);
    assert_false(sk_host_read(sk_host_kernel(), t, 0x1ffe, seen, sizeof(seen)));
    assert_false(sk_host_write(sk_host_kernel(), t, 0x3000, text, sizeof(text)));
}

static void accessors_respect_rights(void **state)
{
    struct host_kernel k = host_kernel_boot();
    const struct tcb *t = sk_host_kernel()->current;
    char c = 'x';

    (void)state;
    assert_int_equal(
        seL4_ARM_Page_Map(k.frame, k.vspace, PAGE, seL4_CanRead, seL4_ARM_Default_VMAttributes),
        seL4_NoError);
    assert_true(sk_host_read(sk_host_kernel(), t, PAGE, &c, 1));
    assert_false(sk_host_write(sk_host_kernel(), t, PAGE, &c, 1));
}

static void a_page_without_rights_can_still_be_executed(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct kernel *kernel = sk_host_kernel();
    const struct tcb *t = kernel->current;
    uint64_t status;

    (void)state;
    assert_int_equal(seL4_ARM_Page_Map(k.frame, k.vspace, PAGE, seL4_NoRights,
                                       seL4_ARM_Default_VMAttributes),
                     seL4_NoError);
    assert_non_null(sk_host_reach(kernel, t, PAGE, SK_HOST_EXECUTE, &status));
    assert_null(sk_host_reach(kernel, t, PAGE, SK_HOST_READ, &status));
    assert_int_equal(status, 0x9200000f);
    assert_null(sk_host_reach(kernel, t, PAGE, SK_HOST_WRITE, &status));
    assert_int_equal(status, 0x9200004f);
    assert_int_equal(
        seL4_ARM_Page_Map(k.frame, k.vspace, PAGE, seL4_ReadWrite, seL4_ARM_ExecuteNever),
        seL4_NoError);
    assert_null(sk_host_reach(kernel, t, PAGE, SK_HOST_EXECUTE, &status));
    assert_int_equal(status, 0x8200000f);
}

static void two_kernels_of_a_process_do_not_share_the_window(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct kernel *other;

    (void)state;
    (void)k;
    other = sk_host_open(0x400000);
    assert_non_null(other);
    assert_false(sk_host_window_open(other));
    sk_host_close(other);
}

static int end(void **state)
{
    (void)state;
    host_kernel_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_thread_reads_its_boot_information),
        cmocka_unit_test(a_mapped_page_is_written_through_a_pointer),
        cmocka_unit_test(a_page_mapped_elsewhere_keeps_its_contents),
        cmocka_unit_test(another_page_in_the_same_place_shows_its_own_contents),
        cmocka_unit_test(a_large_page_is_memory_from_end_to_end),
        cmocka_unit_test(memory_outside_the_window_is_reached_by_accessors),
        cmocka_unit_test(accessors_respect_rights),
        cmocka_unit_test(a_page_without_rights_can_still_be_executed),
        cmocka_unit_test(two_kernels_of_a_process_do_not_share_the_window),
    };

    return cmocka_run_group_tests_name("host/window", tests, NULL, end);
}
