/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string_plain.h>

size_t strlen(const char *text)
{
    const char *end = text;

    while (*end != '\0') {
        end++;
    }
    return (size_t)(end - text);
}
