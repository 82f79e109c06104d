/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/boot_memory.h"

void sk_kboot_add(struct boot_memory *m, struct boot_range r)
{
    if (m->count < BOOT_RANGES_MAX && r.start < r.end) {
        m->free[m->count++] = r;
    }
}

void sk_kboot_reserve(struct boot_memory *m, struct boot_range r)
{
    struct boot_memory rest = {.block = m->block};

    if (r.start >= r.end) {
        return;
    }
    for (unsigned n = 0; n < m->count; n++) {
        struct boot_range f = m->free[n];

        if (r.end <= f.start || f.end <= r.start) {
            sk_kboot_add(&rest, f);
            continue;
        }
        sk_kboot_add(&rest, (struct boot_range){f.start, r.start});
        sk_kboot_add(&rest, (struct boot_range){r.end, f.end});
    }
    *m = rest;
}

bool sk_kboot_take_block(struct boot_memory *m, uint64_t bytes, uint64_t alignment)
{
    for (unsigned n = m->count; n-- > 0;) {
        struct boot_range f = m->free[n];
        uint64_t start;

        if (f.end - f.start < bytes) {
            continue;
        }
        start = (f.end - bytes) & ~(alignment - 1);
        if (start >= f.start) {
            m->block = (struct boot_range){start, start + bytes};
            sk_kboot_reserve(m, m->block);
            return true;
        }
    }
    return false;
}

uint64_t sk_kboot_take(struct boot_memory *m, uint64_t bytes)
{
    uint64_t start = m->block.start;

    m->block.start += bytes;
    return start;
}
