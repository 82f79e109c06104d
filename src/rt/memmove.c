/* SPDX-License-Identifier: BSD-2-Clause */
#include "string.h"

void *memmove(void *to, const void *from, size_t size)
{
    char *t = to;
    const char *f = from;

    /* Forwards is safe if to is not inside of from; the subtraction wraps if it is below. */
    if ((uintptr_t)t - (uintptr_t)f >= size) {
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
    for (; size >= sizeof(any_word); size -= sizeof(any_word)) {
        *(any_word *)(t + size - sizeof(any_word)) =
            *(const any_word *)(f + size - sizeof(any_word));
    }
    while (size-- != 0) {
        t[size] = f[size];
    }
    return to;
}
