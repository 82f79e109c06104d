/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

int strncmp(const char *a, const char *b, size_t limit)
{
    for (; limit != 0; a++, b++, limit--) {
        if (*a != *b || *a == '\0') {
            return (unsigned char)*a - (unsigned char)*b;
        }
    }
    return 0;
}
