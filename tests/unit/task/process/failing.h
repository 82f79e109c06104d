/*
 * A source that passes requests on, counts them, and fails the one that a test names.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/source.h>

struct failing {
    struct sk_source source;
    struct sk_source *real;
    unsigned requests;
    unsigned fail_at;    /* counted from 1; 0: none */
    seL4_Word slots_out; /* what is taken and not given back */
    seL4_Word objects_out;
    seL4_Word bytes_out; /* of objects */
    seL4_Word pages_out;
};

void failing_init(struct failing *f, struct sk_source *real);
