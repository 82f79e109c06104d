/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

char *strcat(char *restrict to, const char *restrict from)
{
    (void)strcpy(to + strlen(to), from);
    return to;
}
