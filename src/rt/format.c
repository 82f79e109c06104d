/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/format.h>

#include <stdbool.h>
#include <stdint.h>

#include "format_field.h"

static void put(const struct output *out, const char *text, size_t size)
{
    if (size != 0) {
        out->put(out->arg, text, size);
    }
}

static void put_repeated(const struct output *out, char c, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put(out, &c, 1);
    }
}

/* The length of text, at most limit; a text without a NUL may be limit bytes long. */
static size_t length(const char *text, size_t limit)
{
    size_t size = 0;

    while (size < limit && text[size] != '\0') {
        size++;
    }
    return size;
}

/* Print prefix and text, padded to the field's width. */
static void put_field(const struct output *out, const struct field *field, const char *prefix,
                      const char *text, size_t size)
{
    size_t prefix_size = length(prefix, SIZE_MAX);
    size_t used = prefix_size + size;
    size_t padding = field->width > used ? field->width - used : 0;
    bool is_zero_padded = field->is_zero_padded && !field->is_left;

    if (!field->is_left && !is_zero_padded) {
        put_repeated(out, ' ', padding);
    }
    put(out, prefix, prefix_size);
    if (is_zero_padded) {
        put_repeated(out, '0', padding);
    }
    put(out, text, size);
    if (field->is_left) {
        put_repeated(out, ' ', padding);
    }
}

static void put_number(const struct output *out, const struct field *field, const char *prefix,
                       uint64_t value)
{
    const char *digits = field->letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned base = field->letter == 'u' ? 10 : 16;
    char text[20]; /* 2^64 - 1 in decimal */
    size_t first = sizeof(text);

    do {
        text[--first] = digits[value % base];
        value /= base;
    } while (value != 0);
    put_field(out, field, prefix, text + first, sizeof(text) - first);
}

static void put_string(const struct output *out, struct field *field, const char *text)
{
    if (text == NULL) {
        text = "(null)";
    }
    field->is_zero_padded = false;
    put_field(out, field, "", text, length(text, field->precision));
}

/* va_list is an array on some machines; in a struct it can be handed on everywhere. */
struct arguments {
    va_list list;
};

static uint64_t next_unsigned(struct arguments *args, const struct field *field)
{
    return field->is_wide ? va_arg(args->list, uint64_t) : va_arg(args->list, unsigned);
}

static int64_t next_signed(struct arguments *args, const struct field *field)
{
    return field->is_wide ? va_arg(args->list, int64_t) : va_arg(args->list, int);
}

static void put_signed(const struct output *out, struct field *field, int64_t value)
{
    field->letter = 'u';
    if (value < 0) {
        put_number(out, field, "-", -(uint64_t)value);
    } else {
        put_number(out, field, (char[]){field->sign, '\0'}, (uint64_t)value);
    }
}

/* Without selkie-float a double is taken, so that what follows is right, and not printed. */
static void put_float(const struct output *out, const struct field *field, double value)
{
    static const char text[] = "(%f: link selkie-float)";

    if (sk_format_float != NULL) {
        sk_format_float(out, field, value);
    } else {
        put(out, text, sizeof(text) - 1);
    }
}

/* A number in the format, or an argument for '*'. A negative argument counts as 0. */
static const char *parse_number(const char *at, struct arguments *args, size_t *ret_number)
{
    size_t number = 0;

    if (*at == '*') {
        int value = va_arg(args->list, int);
        *ret_number = value > 0 ? (size_t)value : 0;
        return at + 1;
    }
    for (; *at >= '0' && *at <= '9'; at++) {
        number = number * 10 + (size_t)(*at - '0');
    }
    *ret_number = number;
    return at;
}

/* Read a field after its %; returns the place after its letter. */
static const char *parse_field(const char *at, struct arguments *args, struct field *field)
{
    *field = (struct field){.precision = SIZE_MAX};
    for (;; at++) {
        if (*at == '+' || (*at == ' ' && field->sign == 0)) {
            field->sign = *at;
        }
        field->is_left |= *at == '-';
        field->is_zero_padded |= *at == '0';
        field->is_alternate |= *at == '#';
        if (*at != '-' && *at != '0' && *at != '+' && *at != ' ' && *at != '#') {
            break;
        }
    }
    at = parse_number(at, args, &field->width);
    if (*at == '.') {
        at = parse_number(at + 1, args, &field->precision);
    }
    for (; *at == 'l' || *at == 'z'; at++) {
        field->is_wide = true;
    }
    field->letter = *at;
    return *at == '\0' ? at : at + 1;
}

/* Print one field. False if its conversion is not known. */
static bool put_conversion(const struct output *out, struct field *field,
                           struct arguments *args)
{
    char c;

    switch (field->letter) {
    case 'd':
    case 'i':
        put_signed(out, field, next_signed(args, field));
        return true;
    case 'u':
    case 'x':
    case 'X':
        put_number(out, field, "", next_unsigned(args, field));
        return true;
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        put_float(out, field, va_arg(args->list, double));
        return true;
    case 'p':
        put_number(out, field, "0x", (uintptr_t)va_arg(args->list, void *));
        return true;
    case 's':
        put_string(out, field, va_arg(args->list, const char *));
        return true;
    case 'c':
        c = (char)va_arg(args->list, int);
        field->is_zero_padded = false;
        put_field(out, field, "", &c, 1);
        return true;
    case '%':
        put(out, "%", 1);
        return true;
    default:
        return false;
    }
}

void sk_vformat(sk_format_put *put_piece, void *arg, const char *format, va_list args)
{
    const struct output out = {put_piece, arg};
    struct arguments arguments;
    struct field field;
    size_t plain = 0; /* bytes before the next % */

    va_copy(arguments.list, args);
    for (;; plain = 0) {
        while (format[plain] != '%' && format[plain] != '\0') {
            plain++;
        }
        put(&out, format, plain);
        format += plain;
        if (*format == '\0') {
            break;
        }
        const char *next = parse_field(format + 1, &arguments, &field);
        if (!put_conversion(&out, &field, &arguments)) {
            put(&out, format, length(format, SIZE_MAX));
            break;
        }
        format = next;
    }
    va_end(arguments.list);
}
