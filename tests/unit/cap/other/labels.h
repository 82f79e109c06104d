/*
 * What the tests of other configurations' faults share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/fault.h>

#include "check.h"

/* The fault of a message; of kind SK_FAULT_NONE if it is none. */
static inline struct sk_fault decode_label(seL4_Word label, seL4_Word length,
                                           const seL4_Word words[])
{
    struct sk_fault f = {.kind = SK_FAULT_NONE};
    sk_err e = sk_fault_decode(seL4_MessageInfo_new(label, 0, 0, length), words, &f);

    assert_true(e == SK_OK || f.kind == SK_FAULT_NONE);
    return f;
}

/* Label n is of kinds[n], for all of them. */
static inline void check_labels(const enum sk_fault_kind kinds[], seL4_Word count)
{
    static const seL4_Word words[SK_FAULT_WORDS];

    for (seL4_Word n = 0; n < count; n++) {
        assert_int_equal(decode_label(n, SK_FAULT_WORDS, words).kind, kinds[n]);
    }
}
