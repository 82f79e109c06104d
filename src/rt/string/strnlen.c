/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

size_t strnlen(const char *text, size_t limit)
{
    size_t length = 0;

    while (length < limit && text[length] != '\0') {
        length++;
    }
    return length;
}
