/*
 * Spans of numbers that may not overlap: addresses, ports, slots.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "reader.h"

struct span {
    uint64_t start;
    uint64_t last; /* inclusive */
    struct place at;
    const char *element, *attr; /* for the complaint */
    const char *name;           /* what lies there */
    bool is_decimal;            /* how its numbers are written */
};

/* A growing list. {0} is empty. */
struct spans {
    struct span *list;
    size_t count;
};

/* Add size numbers from start; sizes of 0 are left out. */
void spans_add(struct reader *r, struct spans *s, struct span span, uint64_t size);

/* Complain about each span that overlaps another; what says of what: "addresses". */
void spans_check(struct reader *r, struct spans *s, const char *what, const char *help);
