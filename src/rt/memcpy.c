/* SPDX-License-Identifier: BSD-2-Clause */
#include "string.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    char *t = to;
    const char *f = from;

    for (; size >= sizeof(any_word); size -= sizeof(any_word)) {
        *(any_word *)t = *(const any_word *)f;
        t += sizeof(any_word);
        f += sizeof(any_word);
    }
    while (size-- != 0) {
        *t++ = *f++;
    }
    return to;
}
