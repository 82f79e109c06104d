/*
 * Page tables of the architecture: four levels of 512 entries; no machine code.
 *
 * Level 0 is the VSpace root. Frames are mapped at levels 1 (huge), 2 (large) and 3 (small).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SK_ARCH_PT_LEAF_LEVEL 3u
#define SK_ARCH_PT_ENTRIES    512u
#define SK_ARCH_PT_BYTES      4096u

/* How much of the address space one entry of a level covers, in bits. */
static inline unsigned sk_arch_pt_shift(unsigned level)
{
    return 39 - 9 * level;
}

static inline unsigned sk_arch_pt_index(uint64_t vaddr, unsigned level)
{
    return vaddr >> sk_arch_pt_shift(level) & (SK_ARCH_PT_ENTRIES - 1);
}

/* The level at which a frame of size class 0 (small), 1 (large) or 2 (huge) is mapped. */
static inline unsigned sk_arch_frame_level(unsigned size_class)
{
    return SK_ARCH_PT_LEAF_LEVEL - size_class;
}

static inline unsigned sk_arch_frame_bits(unsigned size_class)
{
    return 12 + 9 * size_class;
}

#define SK_ARCH_PTE_NONE 0ull
#define SK_ARCH_PTE_ADDR 0x0000fffffffff000ull

static inline bool sk_arch_pte_is_valid(uint64_t pte)
{
    return (pte & 1) != 0;
}

static inline bool sk_arch_pte_is_table(uint64_t pte, unsigned level)
{
    return level < SK_ARCH_PT_LEAF_LEVEL && (pte & 3) == 3;
}

static inline uint64_t sk_arch_pte_paddr(uint64_t pte)
{
    return pte & SK_ARCH_PTE_ADDR;
}

static inline uint64_t sk_arch_pte_table(uint64_t paddr)
{
    return paddr | 3;
}

#define SK_ARCH_PTE_USER      (1ull << 6)
#define SK_ARCH_PTE_READ_ONLY (1ull << 7)
#define SK_ARCH_PTE_UXN       (1ull << 54)

/* Indices into MAIR_EL1, which is the loader's, as a field of an entry. */
#define SK_ARCH_PTE_MEMORY(index) ((uint64_t)(index) << 2)
#define SK_ARCH_PTE_NORMAL        SK_ARCH_PTE_MEMORY(4) /* write-back */
#define SK_ARCH_PTE_UNCACHED      SK_ARCH_PTE_MEMORY(3)
#define SK_ARCH_PTE_DEVICE        SK_ARCH_PTE_MEMORY(0)

/* What a valid entry that maps a frame lets user mode do. */
static inline bool sk_arch_pte_may_read(uint64_t pte)
{
    return (pte & SK_ARCH_PTE_USER) != 0;
}

static inline bool sk_arch_pte_may_write(uint64_t pte)
{
    return (pte & (SK_ARCH_PTE_USER | SK_ARCH_PTE_READ_ONLY)) == SK_ARCH_PTE_USER;
}

static inline bool sk_arch_pte_may_execute(uint64_t pte)
{
    return (pte & (SK_ARCH_PTE_USER | SK_ARCH_PTE_UXN)) == SK_ARCH_PTE_USER;
}

static inline bool sk_arch_pte_is_cached(uint64_t pte)
{
    return (pte & SK_ARCH_PTE_MEMORY(7)) == SK_ARCH_PTE_NORMAL;
}

/*
 * A user mapping. Without the right to read it is not accessible at all. What is mapped without
 * the attribute Cacheable is uncached memory, or, if it is_device, that of the strictest kind.
 * attributes are the API's seL4_ARM_VMAttributes.
 */
static inline uint64_t sk_arch_pte_frame(uint64_t paddr, unsigned level, bool is_device,
                                         bool may_read, bool may_write, uint64_t attributes)
{
    const uint64_t not_global = 1ull << 11, accessed = 1ull << 10, inner_shareable = 3ull << 8;
    const uint64_t pxn = 1ull << 53;
    const uint64_t cacheable = 1, execute_never = 4; /* of attributes */
    uint64_t pte =
        paddr | not_global | accessed | pxn | (level == SK_ARCH_PT_LEAF_LEVEL ? 3 : 1);

    if (may_read) {
        pte |= SK_ARCH_PTE_USER;
    }
    if (!may_write || !may_read) {
        pte |= SK_ARCH_PTE_READ_ONLY;
    }
    if ((attributes & execute_never) != 0) {
        pte |= SK_ARCH_PTE_UXN;
    }
    if ((attributes & cacheable) != 0) {
        return pte | SK_ARCH_PTE_NORMAL | inner_shareable;
    }
    return pte | (is_device ? SK_ARCH_PTE_DEVICE : SK_ARCH_PTE_UNCACHED);
}

/* Of a valid entry that maps a frame. */
static inline bool sk_arch_pte_is_writable(uint64_t pte)
{
    return (pte & SK_ARCH_PTE_READ_ONLY) == 0;
}
