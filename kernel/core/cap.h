/*
 * Capabilities and the slots that hold them.
 *
 * A capability is two words. The first holds the address of what it names, shifted up by 16,
 * over a type, rights and a few bits whose meaning depends on the type; addresses are kernel
 * pointers for objects that the kernel looks into, and physical addresses for memory (untyped,
 * frames). The second word belongs to the type: badge, guard, mapping or watermark.
 *
 * A slot is a capability and its place in the derivation list (derive.h): 32 bytes, which is
 * the API's seL4_SlotBits. A zeroed slot is empty.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/requirements.h"

#include <stdbool.h>
#include <stdint.h>

#include <sel4/types.h>

/* The values are what seL4_DebugCapIdentify() returns; programs print them. */
enum cap_type {
    CAP_NULL = 0,
    CAP_FRAME = 1,
    CAP_UNTYPED = 2,
    CAP_PAGE_TABLE = 3,
    CAP_ENDPOINT = 4,
    CAP_NOTIFICATION = 6,
    CAP_REPLY = 8,
    CAP_VSPACE = 9,
    CAP_CNODE = 10,
    CAP_ASID_CONTROL = 11,
    CAP_TCB = 12,
    CAP_ASID_POOL = 13,
    CAP_IRQ_CONTROL = 14,
    CAP_IRQ_HANDLER = 16,
    CAP_ZOMBIE = 18,
    CAP_DOMAIN = 20,
    CAP_SCHED_CONTEXT = 22,
    CAP_SCHED_CONTROL = 24,
    CAP_SGI_SIGNAL = 27,
    CAP_TYPE_COUNT = 32,
};

/* Rights, as seL4_CapRights_t has them in its low bits. */
enum cap_rights {
    RIGHT_WRITE = 1,
    RIGHT_READ = 2,
    RIGHT_GRANT = 4,
    RIGHT_GRANT_REPLY = 8,
    RIGHTS_ALL = 15,
};

typedef struct kcap {
    uint64_t w0;
    uint64_t w1;
} kcap;

struct slot {
    kcap cap;
    uint64_t next; /* derive.h */
    uint64_t prev;
} __attribute__((aligned(32)));
_Static_assert(sizeof(struct slot) == 1u << seL4_SlotBits, "a slot is what the API says");

#define CAP_TYPE_MASK    0x1full
#define CAP_RIGHTS_SHIFT 5
#define CAP_RIGHTS_MASK  (0xfull << CAP_RIGHTS_SHIFT)
#define CAP_EXTRA_SHIFT  5 /* types without rights use bits 5..16 for themselves */

static inline enum cap_type cap_type(kcap c)
{
    return (enum cap_type)(c.w0 & CAP_TYPE_MASK);
}

static inline bool cap_is_null(kcap c)
{
    return c.w0 == 0;
}

/* The address that c names: a kernel pointer as a number, or a physical address. */
static inline uint64_t cap_addr(kcap c)
{
    return (uint64_t)((int64_t)c.w0 >> 16) & ~0xfull;
}

static inline void *cap_object(kcap c)
{
    return (void *)(uintptr_t)cap_addr(c);
}

static inline uint64_t cap_rights(kcap c)
{
    return (c.w0 & CAP_RIGHTS_MASK) >> CAP_RIGHTS_SHIFT;
}

static inline kcap cap_with_rights(kcap c, uint64_t rights)
{
    c.w0 = (c.w0 & ~CAP_RIGHTS_MASK) | rights << CAP_RIGHTS_SHIFT;
    return c;
}

static inline kcap cap_make(enum cap_type type, uint64_t addr, uint64_t rights, uint64_t w1)
{
    return (kcap){.w0 = addr << 16 | rights << CAP_RIGHTS_SHIFT | type, .w1 = w1};
}

static inline kcap cap_for(enum cap_type type, const void *object, uint64_t rights)
{
    return cap_make(type, (uintptr_t)object, rights, 0);
}

/* Endpoint, notification: the second word is the badge. */
static inline uint64_t cap_badge(kcap c)
{
    return c.w1;
}

/* CNode: the second word is the guard; radix and guard size are in the extra bits. */
static inline kcap cap_cnode(const struct slot *slots, uint64_t radix, uint64_t guard,
                             uint64_t guard_bits)
{
    return (kcap){.w0 = (uint64_t)(uintptr_t)slots << 16 | guard_bits << 11 |
                        radix << CAP_EXTRA_SHIFT | CAP_CNODE,
                  .w1 = guard};
}

static inline uint64_t cap_cnode_radix(kcap c)
{
    return c.w0 >> CAP_EXTRA_SHIFT & 0x3f;
}

static inline uint64_t cap_cnode_guard_bits(kcap c)
{
    return c.w0 >> 11 & 0x3f;
}

static inline struct slot *cap_cnode_slots(kcap c)
{
    return (struct slot *)(uintptr_t)((uint64_t)((int64_t)c.w0 >> 16) & ~0x1full);
}

/*
 * Untyped: size, device flag, and the watermark: bytes already handed out, from the start. Of
 * what is above the watermark, a part may be known to be clear already: this is kept in units,
 * in two places, since it is long and needed rarely.
 */
static inline kcap cap_untyped(uint64_t paddr, uint64_t size_bits, bool is_device,
                               uint64_t watermark)
{
    return cap_make(CAP_UNTYPED, paddr, 0,
                    size_bits | (uint64_t)is_device << 6 | watermark >> 4 << 16);
}

static inline uint64_t cap_untyped_size_bits(kcap c)
{
    return c.w1 & 0x3f;
}

static inline bool cap_untyped_is_device(kcap c)
{
    return (c.w1 >> 6 & 1) != 0;
}

static inline uint64_t cap_untyped_watermark(kcap c)
{
    return c.w1 >> 16 << 4;
}

static inline uint64_t cap_untyped_unit_bits(kcap c)
{
    return cap_untyped_size_bits(c) < 28 ? 8 : cap_untyped_size_bits(c) - 20;
}

/* The offset, from the start, up to which memory above the watermark is clear. */
static inline uint64_t cap_untyped_clear(kcap c)
{
    return ((c.w0 >> CAP_EXTRA_SHIFT & 0x7ff) << 9 | (c.w1 >> 7 & 0x1ff))
           << cap_untyped_unit_bits(c);
}

/* clear is a multiple of the unit, and less than the untyped's size. */
static inline kcap cap_untyped_with_clear(kcap c, uint64_t clear)
{
    uint64_t units = clear >> cap_untyped_unit_bits(c);

    c.w0 = (c.w0 & ~(0x7ffull << CAP_EXTRA_SHIFT)) | units >> 9 << CAP_EXTRA_SHIFT;
    c.w1 = (c.w1 & ~(0x1ffull << 7)) | (units & 0x1ff) << 7;
    return c;
}

/*
 * Mappable things (frame, page table, VSpace): the second word holds an address space
 * identifier over a virtual address, whose lowest bit says that it is mapped.
 */
#define CAP_MAPPED 1ull

static inline bool cap_is_mapped(kcap c)
{
    return (c.w1 & CAP_MAPPED) != 0;
}

static inline uint64_t cap_map_asid(kcap c)
{
    return c.w1 >> 48;
}

static inline uint64_t cap_map_vaddr(kcap c)
{
    return c.w1 & 0xfffffffff000ull;
}

static inline kcap cap_with_mapping(kcap c, uint64_t asid, uint64_t vaddr)
{
    c.w1 = asid << 48 | vaddr | CAP_MAPPED;
    return c;
}

static inline kcap cap_without_mapping(kcap c)
{
    c.w1 = 0;
    return c;
}

/* Frame: its size class (0 small, 1 large, 2 huge) and whether it is device memory. */
static inline kcap cap_frame(uint64_t paddr, uint64_t size_class, bool is_device)
{
    kcap c = cap_make(CAP_FRAME, paddr, RIGHT_READ | RIGHT_WRITE, 0);
    c.w0 |= size_class << 9 | (uint64_t)is_device << 11;
    return c;
}

static inline uint64_t cap_frame_size_class(kcap c)
{
    return c.w0 >> 9 & 3;
}

static inline bool cap_frame_is_device(kcap c)
{
    return (c.w0 >> 11 & 1) != 0;
}

/* ASID pool: the second word is the pool's first identifier. */
static inline uint64_t cap_asid_pool_base(kcap c)
{
    return c.w1;
}

/* Scheduling context: the second word is the size in bits. IRQ handler: the interrupt. */
static inline uint64_t cap_size_bits(kcap c)
{
    return c.w1;
}

static inline uint64_t cap_irq(kcap c)
{
    return c.w1;
}

/* SGI signal: the second word is the interrupt, and the processor it is sent to. */
static inline kcap cap_sgi(uint64_t irq, uint64_t target)
{
    return cap_make(CAP_SGI_SIGNAL, 0, 0, target << 8 | irq);
}

static inline uint64_t cap_sgi_irq(kcap c)
{
    return c.w1 & 0xff;
}

static inline uint64_t cap_sgi_target(kcap c)
{
    return c.w1 >> 8;
}

/*
 * Zombie: what is left of the last capability to a container (CNode or TCB) while its slots
 * are being emptied. The address is the first slot, the second word the slots still to empty.
 */
static inline kcap cap_zombie(const struct slot *slots, uint64_t slot_count)
{
    return cap_make(CAP_ZOMBIE, (uintptr_t)slots, 0, slot_count);
}

/* Whether two capabilities name the same object, so that neither is the last one. */
static inline bool cap_same_object(kcap a, kcap b)
{
    if (cap_type(a) != cap_type(b) || cap_addr(a) != cap_addr(b)) {
        return false;
    }
    return (cap_type(a) != CAP_IRQ_HANDLER && cap_type(a) != CAP_SGI_SIGNAL) || a.w1 == b.w1;
}
