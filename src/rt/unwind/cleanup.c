/* SPDX-License-Identifier: BSD-2-Clause */
#include "unwind.h"

/*
 * The list: a base for landing pads, the place of types (for languages that have any), and
 * then a row for each stretch of code that has calls: where, how long, landing pad, action.
 */
uintptr_t sk_unwind_landing_pad(const struct unwind_entry *entry, uintptr_t place)
{
    const uint8_t *at = (const uint8_t *)entry->cleanups;
    uintptr_t base = entry->start;

    if (at == NULL) {
        return 0;
    }
    uint8_t encoding = *at++;
    if (encoding != UNWIND_OMITTED) {
        base = sk_unwind_address(&at, encoding, 0);
    }
    encoding = *at++;
    if (encoding != UNWIND_OMITTED) {
        (void)sk_unwind_uleb(&at);
    }
    encoding = *at++;
    size_t size = sk_unwind_uleb(&at);
    for (const uint8_t *end = at + size; at < end;) {
        uintptr_t start = sk_unwind_address(&at, encoding, 0);
        uintptr_t length = sk_unwind_address(&at, encoding, 0);
        uintptr_t pad = sk_unwind_address(&at, encoding, 0);

        (void)sk_unwind_uleb(&at);
        if (place - entry->start - start < length) {
            return pad != 0 ? base + pad : 0;
        }
    }
    return 0;
}
