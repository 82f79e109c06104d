/*
 * The kernel's memory is mapped in every VSpace, and not for user level: its code and data,
 * and its window on all memory, through which the same can be reached. Both kernels have
 * their image at the same address.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "vspace_help.h"

#define KERNEL_IMAGE  0xffffffffc0000000ul
#define KERNEL_WINDOW 0xffffff8040000000ul /* where it shows the image */
#define IMAGE_PAGES   1024u                /* all of either kernel */
#define MAPPED_PAGES  16u                  /* surely code and data of both */

/* The fault status of an access that the mapping does not permit, at any level. */
static bool is_permission_fault(seL4_Word status)
{
    return (status & 0x3c) == 0x0c;
}

static void expect_faults(enum access access, seL4_Word from)
{
    struct prober prober;

    prober_make(&prober);
    for (seL4_Word i = 0; i < IMAGE_PAGES; i++) {
        seL4_Word address = from + i * PAGE_SIZE;

        CHECK_EQ(probe(&prober, access, address), seL4_Fault_VMFault);
        CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), address);
        CHECK_EQ(seL4_GetMR(seL4_VMFault_PrefetchFault), access == EXECUTE ? 1 : 0);
        CHECK(i >= MAPPED_PAGES || is_permission_fault(seL4_GetMR(seL4_VMFault_FSR)));
    }
}

TEST(kernel_image, cannot_be_read, "Page Faults")
{
    expect_faults(READ, KERNEL_IMAGE);
}

TEST(kernel_image, cannot_be_written, "Page Faults")
{
    expect_faults(WRITE, KERNEL_IMAGE);
}

TEST(kernel_image, cannot_be_executed, "Page Faults")
{
    expect_faults(EXECUTE, KERNEL_IMAGE);
}

TEST(kernel_window, cannot_be_read, "Page Faults")
{
    expect_faults(READ, KERNEL_WINDOW);
}

TEST(kernel_window, cannot_be_written, "Page Faults")
{
    expect_faults(WRITE, KERNEL_WINDOW);
}

TEST(kernel_window, cannot_be_executed, "Page Faults")
{
    expect_faults(EXECUTE, KERNEL_WINDOW);
}
