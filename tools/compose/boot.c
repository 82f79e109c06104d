/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot.h"

#include "kit.h"
#include "lower/program.h"

#define PAGE_SIZE 4096ull

/* Far device memory is cut by the alignment of the address at which the kernel would map it. */
#define WINDOW_VADDR 0xffffff8000000000ull

enum {
    FIXED_SLOTS = 16,
    FIXED_PAGES = 4, /* VSpace, ASID pool, IPC buffer, boot info */
    MAX_UNTYPEDS = 230,
    MIN_UNTYPED_BITS = 4,
    MAX_UNTYPED_BITS = 47,
    BOOT_INFO_PAGES = 2, /* IPC buffer and boot info, behind the image */
    CHUNK_HEADER = 16,
    RANGES_MAX = 16,
};

struct range {
    uint64_t start;
    uint64_t end;
};

/* What is being predicted. */
struct boot {
    const struct sk_compose_kit *kit;
    struct sk_spec_platform platform;
    struct range free[RANGES_MAX]; /* RAM, by address */
    unsigned free_count;
    uint64_t user_end;
    uint64_t vaddr;     /* of the image */
    uint64_t vaddr_end; /* with what the kernel maps behind it */
    uint64_t extra_bytes;
    unsigned cnode_bits;
    uint32_t next_slot;
    uint32_t untyped_count;
    struct sk_init *init;
};

static uint64_t page_up(uint64_t n)
{
    return (n + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
}

static void add_free(struct boot *b, uint64_t start, uint64_t end)
{
    if (b->free_count < RANGES_MAX && start < end) {
        b->free[b->free_count++] = (struct range){start, end};
    }
}

static void reserve(struct boot *b, uint64_t start, uint64_t end)
{
    struct boot before = *b;

    if (start >= end) {
        return;
    }
    b->free_count = 0;
    for (unsigned i = 0; i < before.free_count; i++) {
        struct range f = before.free[i];
        if (end <= f.start || f.end <= start) {
            add_free(b, f.start, f.end);
            continue;
        }
        add_free(b, f.start, start);
        add_free(b, end, f.end);
    }
}

uint64_t sk_boot_kernel_start(struct arena *arena, const struct sk_compose_kit *kit)
{
    struct sk_program kernel;
    struct sk_image_problem problem;
    struct sk_symbol boot_end;

    if (!sk_program_open(arena, &kit->kernel, EM_AARCH64, &kernel, &problem) ||
        !sk_program_symbol(&kernel, "ki_boot_end", &boot_end)) {
        return kit->places.kernel_start;
    }
    return kit->places.kernel_start + (boot_end.vaddr - kernel.segment[0].vaddr);
}

static void find_free(struct boot *b, struct arena *arena)
{
    const json_t *memory = json_object_get(b->kit->platform, "memory");
    const struct sk_image_places *p = &b->kit->places;

    for (size_t i = 0; i < json_array_size(memory); i++) {
        const json_t *range = json_array_get(memory, i);
        add_free(b, (uint64_t)json_integer_value(json_object_get(range, "start")),
                 (uint64_t)json_integer_value(json_object_get(range, "end")));
    }
    reserve(b, sk_boot_kernel_start(arena, b->kit), p->kernel_end);
    reserve(b, p->dtb_start, p->dtb_end);
    reserve(b, p->user_start, b->user_end);
}

static uint64_t tables(const struct boot *b)
{
    const struct sk_spec_platform *p = &b->platform;
    uint64_t count = 0;

    for (unsigned bits = p->vspace_span_bits - p->table_index_bits; bits > 12;
         bits -= p->table_index_bits) {
        count += ((b->vaddr_end - 1) >> bits) - (b->vaddr >> bits) + 1;
    }
    return count;
}

static uint64_t extra_object(const struct boot *b)
{
    uint64_t size = b->extra_bytes == 0 ? 0 : PAGE_SIZE;

    while (size < b->extra_bytes) {
        size *= 2;
    }
    return size;
}

/* The first objects are one block at the top of the highest range that has room for it. */
static bool take_objects(struct boot *b)
{
    uint64_t alignment = (uint64_t)1 << (b->cnode_bits + b->platform.slot_bits);
    uint64_t bytes = alignment + extra_object(b) + (FIXED_PAGES + tables(b)) * PAGE_SIZE +
                     ((uint64_t)1 << b->platform.tcb_bits) +
                     (b->platform.min_sched_context_bits != 0
                          ? (uint64_t)1 << b->platform.min_sched_context_bits
                          : 0);

    for (unsigned i = b->free_count; i-- > 0;) {
        struct range f = b->free[i];
        uint64_t start = (f.end - bytes) & ~(alignment - 1);
        if (f.end - f.start >= bytes && start >= f.start) {
            reserve(b, start, start + bytes);
            return true;
        }
    }
    return false;
}

static void add_untyped(struct boot *b, uint64_t start, unsigned bits, bool is_device)
{
    if (b->untyped_count == MAX_UNTYPEDS || b->next_slot >> b->cnode_bits != 0) {
        return;
    }
    sk_init_add_untyped(b->init, start, (uint8_t)bits, is_device, b->next_slot++);
    b->untyped_count++;
}

/* A range is cut into pieces, each as large as its alignment allows. */
static void add_untypeds(struct boot *b, struct range r, bool is_device)
{
    uint64_t at = (r.start + (1 << MIN_UNTYPED_BITS) - 1) >> MIN_UNTYPED_BITS
                                                                 << MIN_UNTYPED_BITS;

    while (at < r.end && r.end - at >= 1 << MIN_UNTYPED_BITS) {
        unsigned bits = 63 - (unsigned)__builtin_clzll(r.end - at);
        uint64_t window = at + WINDOW_VADDR;
        unsigned aligned = window == 0 ? 64 : (unsigned)__builtin_ctzll(window);

        bits = aligned < bits ? aligned : bits;
        bits = bits < MAX_UNTYPED_BITS ? bits : MAX_UNTYPED_BITS;
        add_untyped(b, at, bits, is_device);
        at += (uint64_t)1 << bits;
    }
}

static void add_all_untypeds(struct boot *b)
{
    const json_t *devices = json_object_get(b->kit->platform, "devices");

    for (size_t i = 0; i < json_array_size(devices); i++) {
        const json_t *range = json_array_get(devices, i);
        struct range r = {
            .start = (uint64_t)json_integer_value(json_object_get(range, "start")),
            .end = (uint64_t)json_integer_value(json_object_get(range, "end")),
        };
        add_untypeds(b, r, true);
    }
    for (unsigned i = 0; i < b->free_count; i++) {
        add_untypeds(b, b->free[i], false);
    }
}

/* Slots are taken in this order: tables, extra boot info, control of time, image, untypeds. */
static bool take_slots(struct boot *b)
{
    uint64_t pages = (b->user_end - b->kit->places.user_start) / PAGE_SIZE;
    uint64_t before = FIXED_SLOTS + tables(b) + page_up(b->extra_bytes) / PAGE_SIZE;

    if (b->platform.min_sched_context_bits != 0) {
        b->init->sched_control = (uint32_t)before++;
    }
    if (before + pages >= (uint64_t)1 << b->cnode_bits) {
        return false;
    }
    b->init->image_start = (uint32_t)before;
    b->init->image_end = (uint32_t)(before + pages);
    b->next_slot = b->init->image_end;
    return true;
}

bool sk_boot_predict(struct arena *arena, const struct sk_compose_kit *kit, uint64_t page_bytes,
                     struct sk_init *ret_init)
{
    const struct sk_image_places *p = &kit->places;
    struct boot b = {
        .kit = kit,
        .platform = sk_kit_platform(kit),
        .user_end = p->user_end + page_bytes,
        .vaddr = p->user_vaddr,
        .extra_bytes = p->dtb_end > p->dtb_start ? p->dtb_end - p->dtb_start + CHUNK_HEADER : 0,
        .cnode_bits = (unsigned)sk_kit_number(kit, "ROOT_CNODE_SIZE_BITS", 12),
        .init = ret_init,
    };

    b.vaddr_end = b.vaddr + (b.user_end - p->user_start) + BOOT_INFO_PAGES * PAGE_SIZE +
                  page_up(b.extra_bytes);
    find_free(&b, arena);
    if (!take_objects(&b) || !take_slots(&b)) {
        return false;
    }
    add_all_untypeds(&b);
    ret_init->first_slot = b.next_slot;
    ret_init->end_slot = 1u << b.cnode_bits;
    return true;
}
