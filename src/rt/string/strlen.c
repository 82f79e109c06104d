/* SPDX-License-Identifier: BSD-2-Clause */
#include "plain.h"

size_t strlen(const char *text)
{
    const char *end = text;

    while (*end != '\0') {
        end++;
    }
    return (size_t)(end - text);
}
