/*
 * Numbers as the digits that they have, all of them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* No double has more digits that count: 767, and what fills the last limb. */
#define DIGITS 800

/* 0.d d d ... times base^(exponent + 1); 0 has no digits. */
struct digits {
    int base;
    int exponent; /* of the first digit */
    int count;
    uint8_t digit[DIGITS];
};

/* The decimal digits of mantissa, less than 2^53, times 2^exponent; exactly. */
void sk_float_decimal(uint64_t mantissa, int exponent, struct digits *ret_digits);

/* Round to the first count digits, which may be none or less; what is halfway, to even. */
void sk_float_round(struct digits *d, int count);
