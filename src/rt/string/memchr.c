/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

void *memchr(const void *memory, int wanted, size_t size)
{
    const unsigned char *byte = memory;

    for (; size != 0; byte++, size--) {
        if (*byte == (unsigned char)wanted) {
            return (void *)byte;
        }
    }
    return NULL;
}
