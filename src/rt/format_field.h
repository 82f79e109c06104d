/*
 * What the formatter hands to the part of it that only some programs have.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <selkie/rt/format.h>

/* One conversion, from its % to its letter. */
struct field {
    bool is_left;
    bool is_zero_padded;
    bool is_alternate; /* # */
    bool is_wide;      /* l, ll or z: the argument is a word */
    char sign;         /* of what is not negative: '+', ' ' or none (0) */
    char letter;
    size_t width;
    size_t precision; /* SIZE_MAX: none is given */
};

struct output {
    sk_format_put *put;
    void *arg;
};

/* Print a conversion by e, f, g or a, small or large. Only where selkie-float is linked. */
__attribute__((weak)) void sk_format_float(const struct output *out, const struct field *field,
                                           double value);
