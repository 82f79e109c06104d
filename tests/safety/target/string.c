/*
 * The text functions of a C library, of which rt has none.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../safety.h"

size_t strlen(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0') {
        length++;
    }
    return length;
}

char *strcpy(char *restrict to, const char *restrict from)
{
    return memcpy(to, from, strlen(from) + 1);
}

char *strncpy(char *restrict to, const char *restrict from, size_t size)
{
    size_t i = 0;

    for (; i < size && from[i] != '\0'; i++) {
        to[i] = from[i];
    }
    for (; i < size; i++) {
        to[i] = '\0';
    }
    return to;
}

char *strcat(char *restrict to, const char *restrict from)
{
    (void)strcpy(to + strlen(to), from);
    return to;
}

int strcmp(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

char *strchr(const char *text, int c)
{
    while (*text != (char)c) {
        if (*text++ == '\0') {
            return NULL;
        }
    }
    return (char *)text;
}
