/*
 * The first thread and its world: what the API's chapter "System Bootstrapping" promises.
 *
 * From the memory that neither the kernel, the device tree nor the user image occupies, one
 * block at the top is taken for the first thread's objects; all else becomes untyped memory.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

struct boot_range {
    uint64_t start; /* physical */
    uint64_t end;   /* the first byte behind it */
};

struct boot_image {
    struct boot_range user; /* whole pages */
    uint64_t pv_offset;     /* physical minus virtual address of the user image */
    uint64_t entry;         /* virtual */
    uint64_t dtb_start;     /* 0: there is no device tree */
    uint64_t dtb_bytes;
};

struct boot_platform {
    const struct boot_range *memory; /* in order of address */
    unsigned memory_count;
    const struct boot_range *devices;
    unsigned device_count;
    struct boot_range kernel;
    /*
     * Added to a physical address before its alignment is looked at. Real seL4 aligns the
     * addresses at which it would map memory; far device memory shows it.
     */
    uint64_t alignment_bias;
};

/*
 * Set up k, which is zeroed except for its machine, and make the first thread ready. The caller
 * then enters it with sk_ksched_run(). False, with a sentence on the debug console, if the user
 * image does not make sense or there is not enough memory.
 */
bool sk_kernel_boot(struct kernel *k, const struct boot_platform *p,
                    const struct boot_image *i);
