/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/loader/boot.h>

#include <stdbool.h>
#include <stddef.h>

#include "plan_offsets.h"

_Static_assert(offsetof(struct sk_boot_plan, kernel_entry) == PLAN_KERNEL_ENTRY);
_Static_assert(offsetof(struct sk_boot_plan, user_paddr) == PLAN_USER_PADDR);
_Static_assert(offsetof(struct sk_boot_plan, user_paddr_end) == PLAN_USER_PADDR_END);
_Static_assert(offsetof(struct sk_boot_plan, user_pv_offset) == PLAN_USER_PV_OFFSET);
_Static_assert(offsetof(struct sk_boot_plan, user_entry) == PLAN_USER_ENTRY);
_Static_assert(offsetof(struct sk_boot_plan, dtb_paddr) == PLAN_DTB_PADDR);
_Static_assert(offsetof(struct sk_boot_plan, dtb_size) == PLAN_DTB_SIZE);

/* level.S */
void aarch64_loader_prepare_el2(void);
void aarch64_loader_drop_to_el1(void);
void aarch64_loader_mmu_on_el1(uint64_t mair, uint64_t tcr, uint64_t ttbr0, uint64_t ttbr1);
void aarch64_loader_mmu_on_el2(uint64_t mair, uint64_t tcr, uint64_t ttbr0);

/*
 * Memory attributes as seL4 wants to inherit them: 0 nGnRnE, 1 nGnRE, 2 GRE, 3 not
 * cached, 4 normal, 5 write-through. The tables here use 0 and 4.
 */
#define MAIR 0x0000aaff440c0400ull

/* Descriptors of the three upper levels, 4 KiB granules. */
#define DESC_TABLE   0x3ull
#define DESC_BLOCK   0x1ull
#define DESC_DEVICE  (0ull << 2)
#define DESC_NORMAL  (4ull << 2)
#define DESC_EL2_RES (1ull << 6) /* AP[1], which must be one where there is no EL0 */
#define DESC_SHARED  (3ull << 8)
#define DESC_USED    (1ull << 10)

#define L0_SHIFT 39
#define L1_SHIFT 30
#define L2_SHIFT 21
#define ENTRIES  512u

/* Translation control. The kernel inherits it at EL1 and insists on it at EL2. */
#define TCR_T0SZ_48  16ull
#define TCR_WALK0    ((1ull << 8) | (1ull << 10) | (3ull << 12))
#define TCR_T1SZ_48  (16ull << 16)
#define TCR_WALK1    ((1ull << 24) | (1ull << 26) | (3ull << 28))
#define TCR_TG1_4K   (2ull << 30)
#define TCR_ASID_16  (1ull << 36)
#define TCR_EL1_IPS  32
#define TCR_EL2_PS   16
#define TCR_EL2_RES1 ((1ull << 23) | (1ull << 31))
#define PA_RANGE_48  5u

struct table {
    _Alignas(4096) uint64_t entry[ENTRIES];
};

/* The boot tables. They lie in the loader's BSS, which the kernel may reuse. */
static struct {
    struct table low;      /* level 0: identity, and at EL2 the kernel too */
    struct table high;     /* level 0: the kernel at EL1 */
    struct table identity; /* level 1 */
    struct table kernel_l1;
    struct table kernel_l2;
} tables;

static uint32_t current_level(void)
{
    uint64_t value;

    __asm__ volatile("mrs %0, currentel" : "=r"(value));
    return (uint32_t)(value >> 2) & 3;
}

static bool mmu_is_on(uint32_t level)
{
    uint64_t value;

    if (level == SK_BOOT_LEVEL_HYPERVISOR) {
        __asm__ volatile("mrs %0, sctlr_el2" : "=r"(value));
    } else {
        __asm__ volatile("mrs %0, sctlr_el1" : "=r"(value));
    }
    return (value & 1) != 0;
}

/* The encoding of the physical address size: the plan's, else the processor's own. */
static uint64_t pa_range(const struct sk_boot_plan *plan)
{
    static const uint8_t bits[] = {32, 36, 40, 42, 44, 48};
    uint64_t value;

    for (uint64_t i = 0; i < sizeof(bits); i++) {
        if (plan->pa_bits == bits[i]) {
            return i;
        }
    }
    __asm__("mrs %0, id_aa64mmfr0_el1" : "=r"(value));
    value &= 15;
    return value < PA_RANGE_48 ? value : PA_RANGE_48;
}

/* The tables were written past the cache: drop what it may hold of them. */
static void invalidate_tables(void)
{
    uint64_t ctr;

    __asm__("mrs %0, ctr_el0" : "=r"(ctr));
    uint64_t line = 4ull << ((ctr >> 16) & 15);
    for (uint64_t a = (uint64_t)&tables; a < (uint64_t)(&tables + 1); a += line) {
        /* Memory clobber: the stores to the tables must not move behind this. */
        __asm__ volatile("dc ivac, %0" : : "r"(a) : "memory");
    }
}

const char *sk_arch_loader_check(const struct sk_boot_plan *plan)
{
    uint32_t level = current_level();

    if (level == 3) {
        return "entered at EL3; this loader starts at EL2 or EL1";
    }
    if (level < plan->level) {
        return "this kernel runs at EL2, and the machine started at EL1 "
               "(QEMU: -machine virt,virtualization=on)";
    }
    if (mmu_is_on(level)) {
        return "entered with the MMU on";
    }
    return NULL;
}

void sk_arch_loader_enter_level(const struct sk_boot_plan *plan)
{
    if (current_level() == SK_BOOT_LEVEL_HYPERVISOR) {
        aarch64_loader_prepare_el2();
        if (plan->level == SK_BOOT_LEVEL_KERNEL) {
            aarch64_loader_drop_to_el1();
        }
    }
}

static void map_identity(const struct sk_boot_plan *plan, uint64_t flags)
{
    uint64_t first = plan->ram_paddr >> L1_SHIFT;
    uint64_t last = (plan->ram_paddr + plan->ram_size - 1) >> L1_SHIFT;

    if (plan->uart_paddr != 0) {
        uint64_t i = plan->uart_paddr >> L1_SHIFT;
        tables.identity.entry[i % ENTRIES] = (i << L1_SHIFT) | flags | DESC_DEVICE | DESC_BLOCK;
    }
    for (uint64_t i = first; i <= last && i < ENTRIES; i++) {
        tables.identity.entry[i] = (i << L1_SHIFT) | flags | DESC_NORMAL | DESC_BLOCK;
    }
    tables.low.entry[0] = (uint64_t)&tables.identity | DESC_TABLE;
}

static void map_kernel(const struct sk_boot_plan *plan, struct table *root, uint64_t flags)
{
    uint64_t va = plan->kernel_vaddr >> L2_SHIFT;
    uint64_t end = (plan->kernel_vaddr + plan->kernel_size - 1) >> L2_SHIFT;
    uint64_t pa = plan->kernel_paddr >> L2_SHIFT;

    root->entry[(plan->kernel_vaddr >> L0_SHIFT) % ENTRIES] =
        (uint64_t)&tables.kernel_l1 | DESC_TABLE;
    tables.kernel_l1.entry[(plan->kernel_vaddr >> L1_SHIFT) % ENTRIES] =
        (uint64_t)&tables.kernel_l2 | DESC_TABLE;
    for (; va <= end; va++, pa++) {
        tables.kernel_l2.entry[va % ENTRIES] =
            (pa << L2_SHIFT) | flags | DESC_NORMAL | DESC_BLOCK;
    }
}

void sk_arch_loader_map(const struct sk_boot_plan *plan)
{
    uint64_t flags = DESC_USED | DESC_SHARED;
    uint64_t tcr = TCR_T0SZ_48 | TCR_WALK0;

    if (plan->level == SK_BOOT_LEVEL_HYPERVISOR) {
        flags |= DESC_EL2_RES;
        map_identity(plan, flags);
        map_kernel(plan, &tables.low, flags);
        invalidate_tables();
        tcr |= TCR_EL2_RES1 | (pa_range(plan) << TCR_EL2_PS);
        aarch64_loader_mmu_on_el2(MAIR, tcr, (uint64_t)&tables.low);
        return;
    }
    map_identity(plan, flags);
    map_kernel(plan, &tables.high, flags);
    invalidate_tables();
    tcr |= TCR_T1SZ_48 | TCR_WALK1 | TCR_TG1_4K | TCR_ASID_16 | (pa_range(plan) << TCR_EL1_IPS);
    aarch64_loader_mmu_on_el1(MAIR, tcr, (uint64_t)&tables.low, (uint64_t)&tables.high);
}
