/* SPDX-License-Identifier: BSD-2-Clause */
#include "text.h"

static void put(struct text *t, char c)
{
    if (t->length < t->size) {
        t->buffer[t->length] = c;
    }
    t->length++;
}

void sk_text_put(struct text *t, const char *words)
{
    for (; *words != '\0'; words++) {
        put(t, *words);
    }
}

static void put_digits(struct text *t, seL4_Word number, unsigned base)
{
    char digits[20]; /* 2^64 - 1 in decimal */
    unsigned count = 0;

    do {
        digits[count++] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number != 0);
    while (count > 0) {
        put(t, digits[--count]);
    }
}

void sk_text_number(struct text *t, seL4_Word number)
{
    put_digits(t, number, 10);
}

void sk_text_hex(struct text *t, seL4_Word number)
{
    sk_text_put(t, "0x");
    put_digits(t, number, 16);
}

size_t sk_text_end(struct text *t)
{
    if (t->size != 0) {
        t->buffer[t->length < t->size ? t->length : t->size - 1] = '\0';
    }
    return t->length;
}
