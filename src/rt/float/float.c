/* SPDX-License-Identifier: BSD-2-Clause */
#include "../format_field.h"

#include <stdint.h>

#include "decimal.h"

#define FRACTION_BITS 52
#define NIBBLES       (FRACTION_BITS / 4)
#define BIAS          1023
#define SPECIAL       0x7ff

/* More digits than that are zeros. */
#define MAX_PRECISION 2000

/* What is printed: sign and 0x, digits with a point between them, and an exponent. */
struct body {
    const struct digits *digits; /* NULL: the tail is all there is */
    int power;                   /* of the digit that is printed first */
    size_t whole;                /* digits before the point */
    size_t fraction;             /* and behind it */
    bool has_point;
    char head[4];
    char tail[8];
};

static size_t length(const char *text)
{
    size_t size = 0;

    while (text[size] != '\0') {
        size++;
    }
    return size;
}

static void put(const struct output *out, const char *text, size_t size)
{
    if (size != 0) {
        out->put(out->arg, text, size);
    }
}

static void put_repeated(const struct output *out, char c, size_t count)
{
    for (; count != 0; count--) {
        put(out, &c, 1);
    }
}

/* The small letter that stands for a conversion. */
static char small(char letter)
{
    return (char)(letter | 0x20);
}

static void put_digits(const struct output *out, const struct field *field,
                       const struct body *b)
{
    const struct digits *d = b->digits;
    const char *names = field->letter == 'A' ? "0123456789ABCDEF" : "0123456789abcdef";

    for (size_t i = 0; i < b->whole + b->fraction; i++) {
        /* Digits before the first and behind the last are zeros. */
        int64_t at = (int64_t)i + d->exponent - b->power;

        if (i == b->whole) {
            put(out, ".", 1);
        }
        put(out, &names[at >= 0 && at < d->count ? d->digit[at] : 0], 1);
    }
    if (b->has_point && b->fraction == 0) {
        put(out, ".", 1);
    }
}

static void put_body(const struct output *out, const struct field *field, const struct body *b)
{
    size_t head = length(b->head);
    size_t tail = length(b->tail);
    size_t used = head + b->whole + b->has_point + b->fraction + tail;
    size_t padding = field->width > used ? field->width - used : 0;
    bool is_zero_padded = field->is_zero_padded && !field->is_left && b->digits != NULL;

    put_repeated(out, ' ', field->is_left || is_zero_padded ? 0 : padding);
    put(out, b->head, head);
    put_repeated(out, '0', is_zero_padded ? padding : 0);
    if (b->digits != NULL) {
        put_digits(out, field, b);
    }
    put(out, b->tail, tail);
    put_repeated(out, ' ', field->is_left ? padding : 0);
}

/* The letter, a sign and at least so many digits. */
static void set_exponent(struct body *b, char letter, int exponent, int least)
{
    unsigned left = (unsigned)(exponent < 0 ? -exponent : exponent);
    int count = left > 999 ? 4 : left > 99 ? 3 : left > 9 ? 2 : 1;

    count = count < least ? least : count;
    b->tail[0] = letter;
    b->tail[1] = exponent < 0 ? '-' : '+';
    b->tail[2 + count] = '\0';
    for (; count > 0; count--, left /= 10) {
        b->tail[1 + count] = (char)('0' + left % 10);
    }
}

static void set_scientific(struct body *b, const struct digits *d, char letter,
                           size_t precision)
{
    b->power = d->exponent;
    b->whole = 1;
    b->fraction = precision;
    set_exponent(b, letter, d->exponent, 2);
}

static void set_fixed(struct body *b, const struct digits *d, size_t precision)
{
    b->power = d->exponent > 0 ? d->exponent : 0;
    b->whole = (size_t)b->power + 1;
    b->fraction = precision;
}

/* Digits to keep so that precision of them are behind the first one, or more of them. */
static int keep(size_t precision, int more)
{
    return (int)(precision < MAX_PRECISION ? precision : MAX_PRECISION) + more;
}

/* As %e or %f, whichever is shorter, with precision digits that count. */
static void set_general(struct body *b, struct digits *d, const struct field *field,
                        size_t precision)
{
    size_t count = precision == 0 ? 1 : precision;
    bool is_long;
    int last;

    sk_float_round(d, keep(count, 0));
    is_long = d->exponent < -4 || (d->exponent >= 0 && (size_t)d->exponent >= count);
    last = is_long ? 0 : d->exponent;
    count -= 1; /* behind the first digit, and then behind the point */
    count = last >= 0 ? count - (size_t)last : count + (size_t)-last;
    if (!field->is_alternate) {
        int used = d->count;

        while (used > 0 && d->digit[used - 1] == 0) {
            used--;
        }
        int behind = used - 1 - last; /* the last digit that is not zero, from the point on */
        count = behind <= 0 ? 0 : (size_t)behind < count ? (size_t)behind : count;
    }
    if (is_long) {
        set_scientific(b, d, field->letter == 'G' ? 'E' : 'e', count);
    } else {
        set_fixed(b, d, count);
    }
}

/* In hexadecimal, which is what is there; precision SIZE_MAX: as many digits as there are. */
static void set_hexadecimal(struct body *b, struct digits *d, const struct field *field,
                            uint64_t mantissa, int exponent)
{
    *d = (struct digits){.base = 16, .count = 1 + NIBBLES};
    for (int i = 0; i <= NIBBLES; i++) {
        d->digit[i] = (uint8_t)(mantissa >> 4 * (NIBBLES - i) & 15);
    }
    if (field->precision == SIZE_MAX) {
        while (d->count > 1 && d->digit[d->count - 1] == 0) {
            d->count--;
        }
        b->fraction = (size_t)d->count - 1;
    } else {
        sk_float_round(d, keep(field->precision, 1));
        b->fraction = field->precision;
    }
    b->whole = 1;
    b->power = 0;
    set_exponent(b, field->letter == 'A' ? 'P' : 'p', mantissa == 0 ? 0 : exponent, 1);
}

static void set_special(struct body *b, bool is_small, bool is_infinite)
{
    const char *name = is_infinite ? "INF" : "NAN";

    for (int i = 0; i < 3; i++) {
        b->tail[i] = is_small ? small(name[i]) : name[i];
    }
}

static void set_head(struct body *b, bool is_negative, const struct field *field, bool is_hex)
{
    size_t size = 0;

    if (is_negative || field->sign != 0) {
        b->head[size++] = is_negative ? '-' : field->sign;
    }
    if (is_hex) {
        b->head[size++] = '0';
        b->head[size++] = field->letter == 'A' ? 'X' : 'x';
    }
}

void sk_format_float(const struct output *out, const struct field *field, double value)
{
    union {
        double value;
        uint64_t bits;
    } number = {value};
    size_t precision = field->precision == SIZE_MAX ? 6 : field->precision;
    uint64_t mantissa = number.bits & (((uint64_t)1 << FRACTION_BITS) - 1);
    int exponent = (int)(number.bits >> FRACTION_BITS & SPECIAL);
    bool is_special = exponent == SPECIAL;
    char letter = small(field->letter);
    struct digits digits;
    struct body b = {.digits = is_special ? NULL : &digits};

    if (exponent == 0) {
        exponent = 1; /* subnormal: no bit is left out */
    } else {
        mantissa |= (uint64_t)1 << FRACTION_BITS;
    }
    exponent -= BIAS;
    set_head(&b, number.bits >> 63 != 0, field, letter == 'a' && !is_special);
    if (is_special) {
        set_special(&b, letter == field->letter, mantissa << 12 == 0);
        put_body(out, field, &b);
        return;
    }
    if (letter == 'a') {
        set_hexadecimal(&b, &digits, field, mantissa, exponent);
    } else {
        sk_float_decimal(mantissa, exponent - FRACTION_BITS, &digits);
    }
    if (letter == 'f') {
        sk_float_round(&digits, keep(precision, digits.exponent + 1));
        set_fixed(&b, &digits, precision);
    } else if (letter == 'e') {
        sk_float_round(&digits, keep(precision, 1));
        set_scientific(&b, &digits, field->letter, precision);
    } else if (letter == 'g') {
        set_general(&b, &digits, field, precision);
    }
    b.has_point = b.fraction != 0 || field->is_alternate;
    put_body(out, field, &b);
}
