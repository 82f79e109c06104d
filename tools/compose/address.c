/* SPDX-License-Identifier: BSD-2-Clause */
#include "address.h"

#include <inttypes.h>

/* Where what is in the way of [start, end) ends, or 0: nothing is. */
static uint64_t obstacle(const struct sk_system *system, const struct sk_prefill *prefill,
                         uint64_t start, uint64_t end)
{
    for (size_t i = 0; i < system->region_count; i++) {
        const struct sk_system_region *r = &system->regions[i];
        uint64_t r_end = r->phys_addr.value + sk_lower_region_size(r, &prefill[r->index]);
        if (r->phys_addr.is_given && start < r_end && r->phys_addr.value < end) {
            return r_end;
        }
    }
    return 0;
}

/*
 * The lowest free address for size bytes between bottom and top, or 0. Behind the kernel
 * untypeds begin small, and real seL4 clears the whole of one when it is first used.
 */
static uint64_t lowest(const struct sk_system *system, const struct sk_prefill *prefill,
                       uint64_t bottom, uint64_t top, uint64_t size, uint64_t alignment)
{
    uint64_t start = (bottom + alignment - 1) & ~(alignment - 1);

    while (start < top && size <= top - start) {
        uint64_t other = obstacle(system, prefill, start, start + size);
        if (other == 0) {
            return start;
        }
        start = (other + alignment - 1) & ~(alignment - 1);
    }
    return 0;
}

bool sk_addresses_choose(struct sk_system *system, const struct sk_compose_kit *kit,
                         const struct sk_prefill *prefill, struct diag *diag)
{
    const struct sk_image_places *p = &kit->places;
    uint64_t bottom = p->dtb_end > p->kernel_end ? p->dtb_end : p->kernel_end;
    bool is_chosen = true;

    for (size_t i = 0; i < system->region_count; i++) {
        struct sk_system_region *r = &system->regions[i];
        if (!r->needs_address || r->phys_addr.is_given) {
            continue;
        }
        uint64_t size = sk_lower_region_size(r, &prefill[r->index]);
        uint64_t at =
            lowest(system, prefill, bottom, p->loader_start, size, r->page_size.value);
        if (at == 0) {
            diag_error(diag, r->at, "give it a phys_addr yourself, or make it smaller",
                       "element 'memory_region': no 0x%" PRIx64
                       " bytes in a row are free for region '%s' below the image",
                       size, r->name.value);
            is_chosen = false;
            continue;
        }
        r->phys_addr.value = at;
        r->phys_addr.is_given = true;
    }
    return is_chosen;
}

static bool do_overlap(uint64_t start, uint64_t end, uint64_t other_start, uint64_t other_end)
{
    return start < other_end && other_start < end;
}

/* What is there already. */
static const char *owner_of(const struct sk_image_places *p, uint64_t page_bytes,
                            uint64_t start, uint64_t end)
{
    if (do_overlap(start, end, p->kernel_start, p->kernel_end)) {
        return "the kernel is";
    }
    if (do_overlap(start, end, p->dtb_start, p->dtb_end)) {
        return "the device tree is";
    }
    if (do_overlap(start, end, p->user_start, p->user_end + page_bytes)) {
        return "the image is";
    }
    return "the kernel keeps what it boots with";
}

bool sk_addresses_explain(const struct sk_system *system, const struct sk_compose_kit *kit,
                          const uint64_t *region_size, uint64_t page_bytes, uint64_t paddr,
                          struct diag *diag)
{
    const struct sk_image_places *p = &kit->places;
    uint64_t bottom = p->dtb_end > p->kernel_end ? p->dtb_end : p->kernel_end;

    for (size_t i = 0; i < system->region_count; i++) {
        const struct sk_system_region *r = &system->regions[i];
        uint64_t end = r->phys_addr.value + region_size[i];
        if (!r->phys_addr.is_given || paddr < r->phys_addr.value || paddr >= end) {
            continue;
        }
        diag_error(diag, r->phys_addr.at,
                   arena_printf(diag->arena, "0x%" PRIx64 " to 0x%" PRIx64 " is free", bottom,
                                p->loader_start - 1),
                   "element 'memory_region', attribute 'phys_addr': region '%s' at 0x%" PRIx64
                   " to 0x%" PRIx64 " is where %s",
                   r->name.value, r->phys_addr.value, end - 1,
                   owner_of(p, page_bytes, r->phys_addr.value, end));
        return true;
    }
    return false;
}
