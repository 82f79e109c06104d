/*
 * The machine as the kernel's core sees it: physical memory, time, address spaces, caches.
 *
 * Everything takes the machine, which is part of the kernel instance, so that the host can have
 * several. Here it is empty: there is one processor, and its state is in its registers.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <selkie/arch/kernel/context.h>

struct sk_arch_machine {
    uint64_t empty_root; /* physical address of a VSpace that maps nothing */
};

/* All RAM, and the first gigabyte with its devices, is mapped here. */
#define SK_ARCH_PHYS_WINDOW 0xffffff8000000000ull

static inline void *sk_arch_phys(const struct sk_arch_machine *m, uint64_t paddr)
{
    (void)m;
    return (void *)(paddr + SK_ARCH_PHYS_WINDOW);
}

/* The inverse, for pointers that sk_arch_phys() gave. */
static inline uint64_t sk_arch_paddr(const struct sk_arch_machine *m, const void *p)
{
    (void)m;
    return (uint64_t)p - SK_ARCH_PHYS_WINDOW;
}

/* Ticks of the timer, SK_CFG_TIMER_FREQUENCY each second. */
static inline uint64_t sk_arch_now(struct sk_arch_machine *m)
{
    uint64_t ticks;

    (void)m;
    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
}

/* Ask for the timer interrupt at the given time. */
static inline void sk_arch_timer_set(struct sk_arch_machine *m, uint64_t deadline)
{
    (void)m;
    __asm__ volatile("msr cntv_cval_el0, %0" : : "r"(deadline));
}

/* Make page-table entries written so far visible to table walks. */
static inline void sk_arch_pt_written(struct sk_arch_machine *m)
{
    (void)m;
    __asm__ volatile("dsb ishst\n\tisb" : : : "memory");
}

static inline void sk_arch_tlb_drop_page(struct sk_arch_machine *m, uint64_t asid,
                                         uint64_t vaddr)
{
    (void)m;
    __asm__ volatile("dsb ishst\n\ttlbi vae1, %0\n\tdsb ish\n\tisb"
                     :
                     : "r"(asid << 48 | (vaddr >> 12 & 0xfffffffffffull))
                     : "memory");
}

static inline void sk_arch_tlb_drop_asid(struct sk_arch_machine *m, uint64_t asid)
{
    (void)m;
    __asm__ volatile("dsb ishst\n\ttlbi aside1, %0\n\tdsb ish\n\tisb"
                     :
                     : "r"(asid << 48)
                     : "memory");
}

/* Run in this address space from now on. Identifier 0 belongs to the empty one. */
static inline void sk_arch_vspace_use(struct sk_arch_machine *m, uint64_t root, uint64_t asid)
{
    (void)m;
    __asm__ volatile("msr ttbr0_el1, %0\n\tisb" : : "r"(root | asid << 48) : "memory");
}

/* Leave the processor's thread registers in c, and take those of c. */
static inline void sk_arch_context_leave(struct sk_arch_machine *m, struct sk_arch_context *c)
{
    (void)m;
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(c->tpidr));
}

static inline void sk_arch_context_enter(struct sk_arch_machine *m,
                                         const struct sk_arch_context *c)
{
    (void)m;
    __asm__ volatile("msr tpidr_el0, %0\n\tmsr tpidrro_el0, %1"
                     :
                     : "r"(c->tpidr), "r"(c->tpidrro));
}

/* Let user mode use the floating-point registers, or make its next use of them trap. */
static inline void sk_arch_fpu_enable(struct sk_arch_machine *m, int enable)
{
    (void)m;
    __asm__ volatile("msr cpacr_el1, %0\n\tisb" : : "r"(enable ? 3ull << 20 : 0ull));
}

void sk_arch_fpu_save(struct sk_arch_machine *m, struct sk_arch_fpu *f);
void sk_arch_fpu_load(struct sk_arch_machine *m, const struct sk_arch_fpu *f);

/* Fill with zeros. bytes is a multiple of 16, and so is the address. */
void sk_arch_zero(struct sk_arch_machine *m, void *start, uint64_t bytes);

/* Cache maintenance of a range that the kernel can address. */
enum sk_arch_cache_op {
    SK_ARCH_CACHE_CLEAN,
    SK_ARCH_CACHE_INVALIDATE,
    SK_ARCH_CACHE_CLEAN_INVALIDATE,
    SK_ARCH_CACHE_UNIFY, /* make instructions written as data executable */
};

void sk_arch_cache(struct sk_arch_machine *m, enum sk_arch_cache_op op, void *start,
                   uint64_t bytes);

/* Whether an interrupt waits to be taken. */
static inline int sk_arch_irq_is_pending(const struct sk_arch_machine *m)
{
    uint64_t pending;

    (void)m;
    __asm__ volatile("mrs %0, isr_el1" : "=r"(pending));
    return (pending >> 7 & 1) != 0;
}

/* Nothing can run: sleep until an interrupt is pending. */
static inline void sk_arch_wait(struct sk_arch_machine *m)
{
    (void)m;
    __asm__ volatile("dsb sy\n\twfi" : : : "memory");
}

/* The kernel cannot go on. Does not return on a machine. */
void sk_arch_halt(struct sk_arch_machine *m);
