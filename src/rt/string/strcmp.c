/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

int strcmp(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}
