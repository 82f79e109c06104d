/*
 * A double is a whole number times a power of two, and so has an end in decimal too. It is
 * worked out in limbs of nine digits: doubled, or halved, by as many powers at a time as a limb
 * has room for. That is neither fast nor large, and there is nothing to be wrong by.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "decimal.h"

#include <stddef.h>

#define LIMB        1000000000u
#define LIMB_DIGITS 9

/* Limbs before the point: 2^1024 has 309 digits. Behind it: nine digits for nine halvings. */
#define WHOLE    36
#define FRACTION 121

struct limbs {
    int first;
    int end;
    uint32_t limb[WHOLE + FRACTION]; /* the most significant first */
};

static void double_it(struct limbs *n, unsigned times)
{
    uint64_t carry = 0;

    for (int i = n->end; i-- > n->first;) {
        uint64_t x = ((uint64_t)n->limb[i] << times) + carry;

        n->limb[i] = (uint32_t)(x % LIMB);
        carry = x / LIMB;
    }
    if (carry != 0) {
        n->limb[--n->first] = (uint32_t)carry;
    }
}

static void halve_it(struct limbs *n, unsigned times)
{
    uint32_t rest = 0;

    for (int i = n->first; i < n->end; i++) {
        uint32_t x = n->limb[i];

        n->limb[i] = (x >> times) + rest;
        rest = (LIMB >> times) * (x & ((1u << times) - 1));
    }
    if (rest != 0) {
        n->limb[n->end++] = rest;
    }
    while (n->first < n->end && n->limb[n->first] == 0) {
        n->first++;
    }
}

static void put_limb(struct digits *d, uint32_t limb)
{
    for (uint32_t unit = LIMB / 10; unit != 0; unit /= 10) {
        uint8_t digit = (uint8_t)(limb / unit % 10);

        if (d->count == 0 && digit == 0) {
            d->exponent--;
        } else {
            d->digit[d->count++] = digit;
        }
    }
}

void sk_float_decimal(uint64_t mantissa, int exponent, struct digits *ret_digits)
{
    struct limbs n = {.first = WHOLE - 2, .end = WHOLE};

    n.limb[WHOLE - 2] = (uint32_t)(mantissa / LIMB);
    n.limb[WHOLE - 1] = (uint32_t)(mantissa % LIMB);
    for (; exponent > 0; exponent -= exponent < 29 ? exponent : 29) {
        double_it(&n, exponent < 29 ? (unsigned)exponent : 29);
    }
    for (; exponent<0; exponent += exponent> - 9 ? -exponent : 9) {
        halve_it(&n, exponent > -9 ? (unsigned)-exponent : 9);
    }
    ret_digits->base = 10;
    ret_digits->count = 0;
    ret_digits->exponent = (WHOLE - n.first) * LIMB_DIGITS - 1;
    for (int i = n.first; i < n.end; i++) {
        put_limb(ret_digits, n.limb[i]);
    }
    if (ret_digits->count == 0) {
        ret_digits->exponent = 0;
    }
}

/* Is what is behind the first count digits more than half of the last one, or half of odd? */
static int is_up(const struct digits *d, int count)
{
    int half = d->base / 2;

    if (d->digit[count] != half) {
        return d->digit[count] > half;
    }
    for (int i = count + 1; i < d->count; i++) {
        if (d->digit[i] != 0) {
            return 1;
        }
    }
    return count > 0 && d->digit[count - 1] % 2 != 0;
}

void sk_float_round(struct digits *d, int count)
{
    if (count >= d->count) {
        return;
    }
    int up = count >= 0 && is_up(d, count);

    d->count = count > 0 ? count : 0;
    for (int i = d->count; up && i-- > 0;) {
        up = d->digit[i] == d->base - 1;
        d->digit[i] = (uint8_t)(up ? 0 : d->digit[i] + 1);
    }
    if (up) {
        d->digit[0] = 1;
        d->count = 1;
        d->exponent++;
    } else if (d->count == 0) {
        d->exponent = 0;
    }
}
