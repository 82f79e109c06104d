/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/derive.h"
#include "play.h"

#define SLOT 2000ull

static struct played retype(struct kernel *k, uint64_t untyped, uint64_t type,
                            uint64_t size_bits, uint64_t count)
{
    return play_call(k, untyped,
                     (struct message){.label = UntypedRetype,
                                      .length = 6,
                                      .words = {type, size_bits, 0, 0, SLOT, count},
                                      .cap_count = 1,
                                      .caps = {ROOT_CNODE}});
}

static void the_first_thread_finds_what_it_was_promised(void **state)
{
    struct kernel *k = *state;
    const seL4_BootInfo *info = sk_host_boot_info(k);

    assert_int_equal(k->current->context.x[0], (uintptr_t)info->ipcBuffer + 4096);
    assert_int_equal(k->current->context.pc, SK_HOST_IMAGE_VADDR);
    assert_int_equal(k->current->context.sp, 0);
    assert_int_equal(info->userImageFrames.end - info->userImageFrames.start,
                     SK_HOST_IMAGE_PAGES);
    assert_int_equal(info->userImagePaging.start, seL4_NumInitialCaps);
    assert_int_equal(info->empty.start, info->untyped.end);
    assert_true(info->untypedList[0].isDevice);
    for (uint64_t n = 1; n < info->empty.start; n++) {
        bool is_absent = n == seL4_CapIOPortControl || n == seL4_CapIOSpace ||
                         n == seL4_CapSMMUSIDControl || n == seL4_CapSMMUCBControl ||
                         n == seL4_CapSMC;
        assert_int_equal(cap_is_null(play_slot(k, n)->cap), is_absent);
    }
}

static void untypeds_do_not_overlap(void **state)
{
    struct kernel *k = *state;
    const seL4_BootInfo *info = sk_host_boot_info(k);
    uint64_t count = info->untyped.end - info->untyped.start;

    for (uint64_t n = 0; n < count; n++) {
        const seL4_UntypedDesc *u = &info->untypedList[n];

        assert_int_equal(u->paddr & ((1ull << u->sizeBits) - 1), 0);
        for (uint64_t m = 0; m < n; m++) {
            const seL4_UntypedDesc *v = &info->untypedList[m];

            assert_true(u->paddr >= v->paddr + (1ull << v->sizeBits) ||
                        v->paddr >= u->paddr + (1ull << u->sizeBits));
        }
    }
}

static void objects_are_aligned_behind_the_watermark(void **state)
{
    struct kernel *k = *state;
    uint64_t untyped = play_untyped(k, 23);
    uint64_t start = cap_addr(play_slot(k, untyped)->cap);

    assert_int_equal(retype(k, untyped, seL4_EndpointObject, 0, 3).label, seL4_NoError);
    assert_int_equal(cap_untyped_watermark(play_slot(k, untyped)->cap), 48);
    play_make(k, seL4_ARM_SmallPageObject, 0, SLOT + 3);
    assert_int_equal(cap_addr(play_slot(k, SLOT + 3)->cap), start + 4096);
}

static void an_untyped_without_children_starts_again(void **state)
{
    struct kernel *k = *state;
    uint64_t untyped = play_untyped(k, 23);
    uint64_t *page;

    assert_int_equal(retype(k, untyped, seL4_ARM_SmallPageObject, 0, 1).label, seL4_NoError);
    page = sk_arch_phys(&k->machine, cap_addr(play_slot(k, SLOT)->cap));
    assert_int_equal(page[5], 0);
    page[5] = 1;
    assert_int_equal(play_delete(k, SLOT), seL4_NoError);
    assert_int_equal(retype(k, untyped, seL4_ARM_SmallPageObject, 0, 1).label, seL4_NoError);
    assert_ptr_equal(sk_arch_phys(&k->machine, cap_addr(play_slot(k, SLOT)->cap)), page);
    assert_int_equal(page[5], 0);
}

static void bad_arguments_are_named(void **state)
{
    struct kernel *k = *state;
    uint64_t untyped = play_untyped(k, 23);

    assert_int_equal(retype(k, untyped, 99, 0, 1).label, seL4_InvalidArgument);
    assert_int_equal(play_word(k, 0), 0);
    assert_int_equal(retype(k, untyped, seL4_UntypedObject, 3, 1).label, seL4_InvalidArgument);
    assert_int_equal(play_word(k, 0), 1);
    assert_int_equal(retype(k, untyped, seL4_EndpointObject, 0, 257).label, seL4_RangeError);
    assert_int_equal(play_word(k, 1), 256);
    assert_int_equal(retype(k, untyped, seL4_UntypedObject, 23, 2).label, seL4_NotEnoughMemory);
    assert_int_equal(play_word(k, 0), 1u << 23);
    assert_true(cap_is_null(play_slot(k, SLOT)->cap));
}

static void devices_give_only_frames_and_untypeds(void **state)
{
    struct kernel *k = *state;
    uint64_t device = ((const seL4_BootInfo *)sk_host_boot_info(k))->untyped.start;

    assert_int_equal(retype(k, device, seL4_EndpointObject, 0, 1).label, seL4_InvalidArgument);
    assert_int_equal(retype(k, device, seL4_ARM_SmallPageObject, 0, 1).label, seL4_NoError);
    assert_true(cap_frame_is_device(play_slot(k, SLOT)->cap));
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(the_first_thread_finds_what_it_was_promised),
        WITH_KERNEL(untypeds_do_not_overlap),
        WITH_KERNEL(objects_are_aligned_behind_the_watermark),
        WITH_KERNEL(an_untyped_without_children_starts_again),
        WITH_KERNEL(bad_arguments_are_named),
        WITH_KERNEL(devices_give_only_frames_and_untypeds),
    };

    return cmocka_run_group_tests_name("kernel/untyped", tests, NULL, NULL);
}
