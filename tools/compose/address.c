/* SPDX-License-Identifier: BSD-2-Clause */
#include "address.h"

#include <inttypes.h>

/* Where what is in the way of [start, end) begins, or 0: nothing is. */
static uint64_t obstacle(const struct sk_system *system, const struct sk_prefill *prefill,
                         uint64_t start, uint64_t end)
{
    for (size_t i = 0; i < system->region_count; i++) {
        const struct sk_system_region *r = &system->regions[i];
        if (r->phys_addr.is_given &&
            start < r->phys_addr.value + sk_lower_region_size(r, &prefill[r->index]) &&
            r->phys_addr.value < end) {
            return r->phys_addr.value;
        }
    }
    return 0;
}

/* The highest free address for size bytes between bottom and top, or 0. */
static uint64_t highest(const struct sk_system *system, const struct sk_prefill *prefill,
                        uint64_t bottom, uint64_t top, uint64_t size, uint64_t alignment)
{
    while (top >= size && top - size >= bottom) {
        uint64_t start = (top - size) & ~(alignment - 1);
        if (start < bottom) {
            return 0;
        }
        uint64_t other = obstacle(system, prefill, start, start + size);
        if (other == 0) {
            return start;
        }
        top = other;
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
            highest(system, prefill, bottom, p->loader_start, size, r->page_size.value);
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
