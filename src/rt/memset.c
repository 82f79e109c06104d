/* SPDX-License-Identifier: BSD-2-Clause */
#include "string.h"

void *memset(void *to, int value, size_t size)
{
    const uint64_t word = (uint64_t)(unsigned char)value * 0x0101010101010101;
    char *t = to;

    for (; size >= sizeof(any_word); size -= sizeof(any_word)) {
        *(any_word *)t = word;
        t += sizeof(any_word);
    }
    while (size-- != 0) {
        *t++ = (char)value;
    }
    return to;
}
