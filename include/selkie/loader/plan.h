/*
 * The boot plan: what the host's packer tells the loader.
 *
 * The packer (tools/image) decides where a kernel, a device tree and a root task lie and
 * writes one struct sk_boot_plan into the section .plan of the loader. The loader (loader/)
 * reads it with the MMU off, copies what firmware could not put in place, clears what no
 * file brings, and jumps: nothing is parsed or chosen on the target, so everything that can
 * be wrong is refused on the host.
 *
 * All numbers are little endian and have the same size and offset on both sides. A
 * plan of zeros is the loader as it was linked: "not packed".
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#define SK_BOOT_PLAN_MAGIC   0x4e414c5042534b53ull /* "SKSBPLAN" in memory order */
#define SK_BOOT_PLAN_VERSION 2u
#define SK_BOOT_PLAN_OFFSET  64u /* bytes from the loader's start, behind its header */
#define SK_BOOT_ZERO_MAX     32u
#define SK_BOOT_COPY_MAX     33u /* a kernel's segments, and the device tree */

/* Where the kernel runs: the level that its link address asks for. */
#define SK_BOOT_LEVEL_KERNEL     1u
#define SK_BOOT_LEVEL_HYPERVISOR 2u

/* A range of physical memory that must read as zero when the kernel starts. */
struct sk_boot_zero {
    uint64_t paddr;
    uint64_t size; /* bytes */
};

/* Bytes that lie in the image and belong elsewhere. No source overlaps a destination. */
struct sk_boot_copy {
    uint64_t from; /* physical addresses */
    uint64_t to;
    uint64_t size; /* bytes */
};

struct sk_boot_plan {
    uint64_t magic;
    uint32_t version;
    uint32_t level; /* SK_BOOT_LEVEL_* */

    /* The memory that the boot tables map one to one: holds all that is named below. */
    uint64_t ram_paddr;
    uint64_t ram_size;

    /* The kernel. Its physical and virtual addresses are equal modulo 2 MiB. */
    uint64_t kernel_paddr;
    uint64_t kernel_vaddr;
    uint64_t kernel_size;  /* bytes, with BSS */
    uint64_t kernel_entry; /* virtual */

    /* The root task: whole pages at [user_paddr, user_paddr_end). */
    uint64_t user_paddr;
    uint64_t user_paddr_end;
    uint64_t user_pv_offset; /* physical minus virtual address, modulo 2^64 */
    uint64_t user_entry;     /* virtual */

    uint64_t dtb_paddr; /* zeros: the kernel gets none */
    uint64_t dtb_size;  /* bytes */

    uint64_t uart_paddr; /* a PL011 for error messages, or 0 */
    uint32_t pa_bits;    /* of physical addresses, as the kernel has them; 0: the processor's */

    uint32_t zero_count;
    struct sk_boot_zero zero[SK_BOOT_ZERO_MAX];

    /* Made before anything is cleared. */
    uint64_t copy_count;
    struct sk_boot_copy copy[SK_BOOT_COPY_MAX];
};
