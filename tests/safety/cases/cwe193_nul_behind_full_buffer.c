/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-193: a buffer that was filled to its end gets a NUL behind it */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
static size_t read_line(char *to, size_t size)
{
    size_t length = (size_t)given(64);

    length = length < size ? length : size;
    memset(to, 'x', length);
    return length;
}

BAD
{
    char line[16];
    size_t length = read_line(line, sizeof(line));

    line[length] = '\0';
    show("%s\n", line);
}

/* GOOD */
static size_t read_short_line(char *to, size_t size)
{
    size_t length = (size_t)given(64);

    length = length < size ? length : size;
    memset(to, 'x', length);
    return length;
}

GOOD
{
    char line[16];
    size_t length = read_short_line(line, sizeof(line) - 1);

    line[length] = '\0';
    show("%s\n", line);
}
