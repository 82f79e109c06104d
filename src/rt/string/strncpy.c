/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

char *strncpy(char *restrict to, const char *restrict from, size_t size)
{
    size_t used = 0;

    for (; used < size && from[used] != '\0'; used++) {
        to[used] = from[used];
    }
    for (; used < size; used++) {
        to[used] = '\0';
    }
    return to;
}
