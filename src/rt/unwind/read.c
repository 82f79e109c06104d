/* SPDX-License-Identifier: BSD-2-Clause */
#include "unwind.h"

/* The parts of an encoding. */
enum {
    FORMAT = 0x0f,
    FORMAT_ABSOLUTE = 0x00,
    FORMAT_ULEB = 0x01,
    FORMAT_2 = 0x02,
    FORMAT_4 = 0x03,
    FORMAT_8 = 0x04,
    FORMAT_SIGNED = 0x08, /* added to the others */
    RELATIVE = 0x70,
    RELATIVE_TO_HERE = 0x10,
    RELATIVE_TO_BASE = 0x30,
    INDIRECT = 0x80,
};

uint64_t sk_unwind_uleb(const uint8_t **at)
{
    uint64_t value = 0;
    unsigned shift = 0;
    uint8_t byte;

    do {
        byte = *(*at)++;
        value |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        shift += 7;
    } while ((byte & 0x80) != 0);
    return value;
}

int64_t sk_unwind_sleb(const uint8_t **at)
{
    const uint8_t *start = *at;
    uint64_t value = sk_unwind_uleb(at);
    unsigned bits = 7 * (unsigned)(*at - start);

    if (bits < 64 && (value >> (bits - 1) & 1) != 0) {
        value |= ~(uint64_t)0 << bits;
    }
    return (int64_t)value;
}

uint64_t sk_unwind_fixed(const uint8_t **at, size_t size, bool is_signed)
{
    uint64_t value = 0;

    for (size_t i = 0; i < size; i++) {
        value |= (uint64_t)(*at)[i] << (8 * i);
    }
    if (is_signed && size < 8 && (value >> (8 * size - 1) & 1) != 0) {
        value |= ~(uint64_t)0 << (8 * size);
    }
    *at += size;
    return value;
}

static uint64_t read_format(const uint8_t **at, uint8_t format)
{
    bool is_signed = (format & FORMAT_SIGNED) != 0;

    switch (format & ~FORMAT_SIGNED) {
    case FORMAT_ULEB:
        return is_signed ? (uint64_t)sk_unwind_sleb(at) : sk_unwind_uleb(at);
    case FORMAT_2:
        return sk_unwind_fixed(at, 2, is_signed);
    case FORMAT_4:
        return sk_unwind_fixed(at, 4, is_signed);
    default:
        return sk_unwind_fixed(at, 8, is_signed);
    }
}

uintptr_t sk_unwind_address(const uint8_t **at, uint8_t encoding, uintptr_t base)
{
    uintptr_t here = (uintptr_t)*at;
    uintptr_t value = read_format(at, encoding & FORMAT);

    if (value == 0) {
        return 0; /* stands for none, whatever it is relative to */
    }
    if ((encoding & RELATIVE) == RELATIVE_TO_HERE) {
        value += here;
    } else if ((encoding & RELATIVE) == RELATIVE_TO_BASE) {
        value += base;
    }
    return (encoding & INDIRECT) != 0 ? *(const uintptr_t *)value : value;
}
