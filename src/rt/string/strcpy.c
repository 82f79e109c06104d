/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

char *strcpy(char *restrict to, const char *restrict from)
{
    char *at = to;

    while ((*at++ = *from++) != '\0') {
    }
    return to;
}
