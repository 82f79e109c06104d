/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-126: an array is initialised with a text that leaves no room for its NUL */
/* EXPECT: gcc host=asan */
#include "../safety.h"

/* BAD */
static const char magic[4] = "SLKE";

BAD
{
    char copy[64];

    text_format(copy, sizeof(copy), "%s", magic);
    show("%zu characters\n", strlen(copy));
}

/* GOOD */
static const char word[5] = "SLKE";

GOOD
{
    char copy[64];

    text_format(copy, sizeof(copy), "%s", word);
    show("%zu characters\n", strlen(copy));
}
