/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

char *strrchr(const char *text, int wanted)
{
    const char *last = NULL;

    do {
        last = *text == (char)wanted ? text : last;
    } while (*text++ != '\0');
    return (char *)last;
}
