/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/check.h"

#include <selkie/arch/kernel/paging.h>

#include "core/check_parts.h"

#define NESTING_MAX 64u /* untypeds in untypeds: deeper ones are not looked at */

/* More slots than the machine can have memory for: the list must be a ring. */
static uint64_t slots_max(const struct kernel *k)
{
    return (k->ram_end - k->ram_start) / sizeof(struct slot);
}

bool check_exists(const struct check *c, enum cap_type type, const void *object)
{
    for (const struct slot *s = check_first(c); s != 0; s = derive_next(s)) {
        if (cap_type(s->cap) == type && cap_object(s->cap) == object) {
            return true;
        }
    }
    return false;
}

/* How many slots of a container are full. Each must be in the list. */
static uint64_t count_full(struct check *c, const struct slot *slots, uint64_t count)
{
    uint64_t full = 0;

    for (uint64_t n = 0; n < count; n++) {
        const struct slot *s = &slots[n];
        const struct slot *prev = derive_prev(s);

        if (cap_is_null(s->cap)) {
            check_that(c, s->next == 0 && s->prev == 0, "an empty slot is in the list", s);
        } else {
            full++;
            check_that(c, prev != 0 && derive_next(prev) == s, "a full slot is in no list", s);
        }
    }
    return full;
}

static uint64_t count_in(struct check *c, const struct slot *s)
{
    const struct tcb *t = cap_object(s->cap);

    switch (cap_type(s->cap)) {
    case CAP_CNODE:
        return check_is_first_of_object(s)
                   ? count_full(c, cap_cnode_slots(s->cap), 1ull << cap_cnode_radix(s->cap))
                   : 0;
    case CAP_TCB:
        return check_is_first_of_object(s) ? count_full(c, t->slots, TCB_SLOT_COUNT) : 0;
    case CAP_ZOMBIE:
        return count_full(c, cap_object(s->cap), s->cap.w1);
    default:
        return 0;
    }
}

static bool check_link(struct check *c, const struct slot *s)
{
    const struct slot *prev = derive_prev(s);
    uint64_t fence = derive_fence(s);

    return check_that(c, prev != 0 && derive_next(prev) == s,
                      "the derivation list is not linked both ways", s) &&
           check_that(c, !cap_is_null(s->cap), "an empty slot is in the list", s) &&
           check_that(c, fence <= derive_depth(s) + 1, "a fence is deeper than its slot", s) &&
           check_that(c,
                      derive_depth(s) <= derive_depth(prev) + 1 ||
                          (fence != DERIVE_FENCE_NONE && fence <= derive_depth(s)),
                      "a capability has lost its parent without a fence", s);
}

void check_slots(struct check *c)
{
    uint64_t length = 0;
    uint64_t full = count_full(c, c->k->irq_slots, KERNEL_IRQ_COUNT);

    for (const struct slot *s = check_first(c); s != 0; s = derive_next(s)) {
        length++;
        if (!check_link(c, s) ||
            !check_that(c, length <= slots_max(c->k), "the derivation list is a ring", s)) {
            return;
        }
    }
    for (const struct slot *s = check_first(c); s != 0; s = derive_next(s)) {
        full += count_in(c, s);
    }
    check_that(c, full == length, "a listed slot is in no container, or in two", 0);
}

/* Physical memory, from start to end. */
struct memory {
    uint64_t start;
    uint64_t end;
};

static struct memory sized(uint64_t start, uint64_t bytes)
{
    return (struct memory){start, start + bytes};
}

static struct memory memory_of(const struct kernel *k, kcap c)
{
    switch (cap_type(c)) {
    case CAP_UNTYPED:
        return sized(cap_addr(c), 1ull << cap_untyped_size_bits(c));
    case CAP_FRAME:
        return sized(cap_addr(c), 1ull << sk_arch_frame_bits(cap_frame_size_class(c)));
    case CAP_CNODE:
        return sized(sk_arch_paddr(&k->machine, cap_cnode_slots(c)), sizeof(struct slot)
                                                                         << cap_cnode_radix(c));
    case CAP_ZOMBIE:
        return sized(sk_arch_paddr(&k->machine, cap_object(c)), sizeof(struct slot) * c.w1);
    case CAP_ENDPOINT:
        return sized(sk_arch_paddr(&k->machine, cap_object(c)), 1u << seL4_EndpointBits);
    case CAP_NOTIFICATION:
        return sized(sk_arch_paddr(&k->machine, cap_object(c)), 1u << seL4_NotificationBits);
    case CAP_REPLY:
        return sized(sk_arch_paddr(&k->machine, cap_object(c)), 1u << seL4_ReplyBits);
    case CAP_TCB:
        return sized(sk_arch_paddr(&k->machine, cap_object(c)), 1u << seL4_TCBBits);
    case CAP_SCHED_CONTEXT:
        return sized(sk_arch_paddr(&k->machine, cap_object(c)), 1ull << cap_size_bits(c));
    case CAP_PAGE_TABLE:
    case CAP_VSPACE:
    case CAP_ASID_POOL:
        return sized(sk_arch_paddr(&k->machine, cap_object(c)), SK_ARCH_PT_BYTES);
    default:
        return (struct memory){0, 0};
    }
}

/* An untyped whose children are being looked at. They come with falling addresses. */
struct open_untyped {
    const struct slot *slot;
    uint64_t start;
    uint64_t limit; /* nothing has been seen below; at first the watermark */
};

static bool is_for_device(kcap c)
{
    return (cap_type(c) == CAP_UNTYPED && cap_untyped_is_device(c)) ||
           (cap_type(c) == CAP_FRAME && cap_frame_is_device(c));
}

static void check_child(struct check *c, struct open_untyped *u, const struct slot *s)
{
    struct memory m = memory_of(c->k, s->cap);

    if (m.start == m.end || (cap_type(s->cap) != CAP_UNTYPED && !check_is_first_of_object(s))) {
        return;
    }
    check_that(c, m.start >= u->start, "an object lies before its untyped", s);
    check_that(c, m.end <= u->limit, "objects overlap, or lie above the watermark", s);
    check_that(c, is_for_device(s->cap) == cap_untyped_is_device(u->slot->cap),
               "memory has changed between device and not", s);
    u->limit = m.start;
}

void check_memory(struct check *c)
{
    struct open_untyped open[NESTING_MAX];
    unsigned count = 0;

    for (const struct slot *s = check_first(c); s != 0; s = derive_next(s)) {
        while (count != 0 && !derive_is_below(open[count - 1].slot, s)) {
            count--;
        }
        if (count == NESTING_MAX) {
            return;
        }
        if (count != 0) {
            check_child(c, &open[count - 1], s);
        }
        if (cap_type(s->cap) == CAP_UNTYPED) {
            uint64_t start = cap_addr(s->cap);

            open[count++] =
                (struct open_untyped){s, start, start + cap_untyped_watermark(s->cap)};
        }
    }
}

struct check_finding sk_kernel_check(const struct kernel *k)
{
    static void (*const parts[])(struct check *) = {
        check_slots, check_memory, check_objects, check_scheduler, check_mappings,
    };
    struct check c = {.k = k};

    for (unsigned n = 0; n < sizeof(parts) / sizeof(*parts) && check_goes_on(&c); n++) {
        parts[n](&c);
    }
    return c.finding;
}
