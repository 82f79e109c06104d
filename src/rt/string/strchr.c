/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

char *strchr(const char *text, int wanted)
{
    for (; *text != (char)wanted; text++) {
        if (*text == '\0') {
            return NULL;
        }
    }
    return (char *)text;
}
