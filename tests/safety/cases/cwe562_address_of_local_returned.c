/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-562: a function returns a text that it made in a local array */
/* EXPECT: gcc clang */
#include "../safety.h"

/* BAD */
__attribute__((noinline)) static const char *name_of(long number)
{
    char name[16];

    text_format(name, sizeof(name), "node %ld", number);
    return name;
}

BAD
{
    show("%s\n", name_of(given(4)));
}

/* GOOD */
__attribute__((noinline)) static const char *name_in(char *name, size_t size, long number)
{
    text_format(name, size, "node %ld", number);
    return name;
}

GOOD
{
    char name[16];

    show("%s\n", name_in(name, sizeof(name), given(4)));
}
