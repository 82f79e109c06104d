/*
 * The host as a machine: RAM is a piece of the process's memory, time is a number that tests
 * move, and a thread's processor state is nothing but its saved context.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <selkie/arch/kernel/context.h>
#include <selkie/arch/kernel/window.h>

struct sk_arch_machine {
    unsigned char *ram; /* aligned to the largest page */
    uint64_t ram_paddr;
    uint64_t ram_bytes;
    int ram_fd;            /* of the memory behind ram */
    uint64_t window_asid;  /* of the VSpace that window.h shows; 0: none */
    const void *boot_info; /* of the first thread */
    uint64_t now;
    uint64_t ticks_a_look; /* time goes on by so much whenever the kernel looks at it */
    uint64_t deadline;
    uint64_t vspace_root; /* what sk_arch_vspace_use() was last told */
    uint64_t vspace_asid;
    uint64_t empty_root;
    uint64_t tlb_drops;
    uint64_t pending_irqs; /* bit n: interrupt n was raised */
    uint64_t masked_irqs;
    char console[4096]; /* what the kernel printed, as a string; the start is kept */
    size_t console_bytes;
    int is_halted;
};

static inline void *sk_arch_phys(const struct sk_arch_machine *m, uint64_t paddr)
{
    return m->ram + (paddr - m->ram_paddr);
}

static inline uint64_t sk_arch_paddr(const struct sk_arch_machine *m, const void *p)
{
    return (uint64_t)((const unsigned char *)p - m->ram) + m->ram_paddr;
}

static inline uint64_t sk_arch_now(struct sk_arch_machine *m)
{
    m->now += m->ticks_a_look;
    return m->now;
}

static inline void sk_arch_timer_set(struct sk_arch_machine *m, uint64_t deadline)
{
    m->deadline = deadline;
}

static inline void sk_arch_pt_written(struct sk_arch_machine *m)
{
    (void)m;
}

static inline void sk_arch_tlb_drop_page(struct sk_arch_machine *m, uint64_t asid,
                                         uint64_t vaddr)
{
    m->tlb_drops++;
    sk_host_window_drop_page(m, asid, vaddr);
}

static inline void sk_arch_tlb_drop_asid(struct sk_arch_machine *m, uint64_t asid)
{
    m->tlb_drops++;
    sk_host_window_drop_asid(m, asid);
}

static inline void sk_arch_vspace_use(struct sk_arch_machine *m, uint64_t root, uint64_t asid)
{
    m->vspace_root = root;
    m->vspace_asid = asid;
}

static inline void sk_arch_context_leave(struct sk_arch_machine *m, struct sk_arch_context *c)
{
    (void)m;
    (void)c;
}

static inline void sk_arch_context_enter(struct sk_arch_machine *m,
                                         const struct sk_arch_context *c)
{
    (void)m;
    (void)c;
}

static inline void sk_arch_fpu_enable(struct sk_arch_machine *m, int enable)
{
    (void)m;
    (void)enable;
}

static inline void sk_arch_fpu_save(struct sk_arch_machine *m, struct sk_arch_fpu *f)
{
    (void)m;
    (void)f;
}

static inline void sk_arch_fpu_load(struct sk_arch_machine *m, const struct sk_arch_fpu *f)
{
    (void)m;
    (void)f;
}

void sk_arch_zero(struct sk_arch_machine *m, void *start, uint64_t bytes);

enum sk_arch_cache_op {
    SK_ARCH_CACHE_CLEAN,
    SK_ARCH_CACHE_INVALIDATE,
    SK_ARCH_CACHE_CLEAN_INVALIDATE,
    SK_ARCH_CACHE_UNIFY,
};

static inline void sk_arch_cache(struct sk_arch_machine *m, enum sk_arch_cache_op op,
                                 void *start, uint64_t bytes)
{
    (void)m;
    (void)op;
    (void)start;
    (void)bytes;
}

static inline int sk_arch_irq_is_pending(const struct sk_arch_machine *m)
{
    return (m->pending_irqs & ~m->masked_irqs) != 0;
}

static inline void sk_arch_wait(struct sk_arch_machine *m)
{
    (void)m;
}

void sk_arch_halt(struct sk_arch_machine *m);
