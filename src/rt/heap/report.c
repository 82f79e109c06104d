/* SPDX-License-Identifier: BSD-2-Clause */
#include "heap.h"

#include <selkie/rt/panic.h>

extern const char __ehdr_start[] __attribute__((visibility("hidden")));

uintptr_t sk_heap_pc_of(uint32_t site)
{
    return ((uintptr_t)__ehdr_start & ~(uintptr_t)UINT32_MAX) | site;
}

struct heap_finding sk_heap_judge(const struct block *first, const struct block *end, void *p)
{
    struct heap_finding finding = {DAMAGE_HEADER, (uintptr_t)p, 0};
    const struct block *own = block_of(p);

    /* The header of a freed block stays, until its memory is used again. */
    if ((uintptr_t)p % UNIT_SIZE == 0 && block_is_sound(own) && block_is_free(own)) {
        return (struct heap_finding){DAMAGE_FREED, (uintptr_t)p, own->site};
    }
    for (const struct block *b = first; b < end; b += block_units(b)) {
        uintptr_t payload = (uintptr_t)(b + 1);

        if (!block_is_sound(b) || block_units(b) == 0) {
            finding.block = payload;
            return finding;
        }
        if ((uintptr_t)p - (uintptr_t)b < (size_t)block_units(b) * UNIT_SIZE) {
            finding.damage = block_is_free(b) ? DAMAGE_FREED : DAMAGE_INSIDE;
            finding.block = payload;
            finding.site = b->site;
            return finding;
        }
    }
    return finding;
}

SK_NORETURN void sk_heap_panic(struct heap_finding finding, void *p, uint32_t site)
{
    unsigned long address = (uintptr_t)p;
    unsigned long at = sk_heap_pc_of(site);
    unsigned long before = sk_heap_pc_of(finding.site);

    switch (finding.damage) {
    case DAMAGE_FREED:
        sk_panic("heap: 0x%lx is freed at pc 0x%lx, and was freed before at pc 0x%lx", address,
                 at, before);
    case DAMAGE_INSIDE:
        sk_panic("heap: 0x%lx, freed at pc 0x%lx, is %ld bytes into a block allocated at "
                 "pc 0x%lx",
                 address, at, (long)(address - finding.block), before);
    case DAMAGE_HEADER:
        sk_panic("heap: the header of 0x%lx was overwritten; found when 0x%lx was freed at "
                 "pc 0x%lx",
                 (unsigned long)finding.block, address, at);
    case DAMAGE_END:
        sk_panic("heap: 0x%lx, allocated at pc 0x%lx, was written past its end; found at "
                 "pc 0x%lx",
                 (unsigned long)finding.block, before, at);
    case DAMAGE_REUSED:
        sk_panic("heap: 0x%lx was written to after it was freed at pc 0x%lx; found at pc 0x%lx",
                 (unsigned long)finding.block, before, at);
    default:
        sk_panic("heap: 0x%lx, freed at pc 0x%lx, was never allocated", address, at);
    }
}
