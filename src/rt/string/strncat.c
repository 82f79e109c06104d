/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

char *strncat(char *restrict to, const char *restrict from, size_t limit)
{
    char *at = to + strlen(to);

    for (; limit != 0 && *from != '\0'; limit--) {
        *at++ = *from++;
    }
    *at = '\0';
    return to;
}
