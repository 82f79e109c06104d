/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <stddef.h>

struct place sk_monitor_place(const struct tables *t, const struct sk_monitor_domain *d,
                              uint64_t address)
{
    const struct sk_monitor_symbol *symbols = (const void *)(t->start + d->symbols);
    uint32_t low = 0;
    uint32_t high = d->symbol_count;

    /* The symbols before low are at address or below, those from high on above. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (symbols[middle].address <= address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        return (struct place){0};
    }
    const struct sk_monitor_symbol *s = &symbols[low - 1];

    if (s->size != 0 && address - s->address >= s->size) {
        return (struct place){0};
    }
    return (struct place){t->start + d->names + s->name, address - s->address};
}
