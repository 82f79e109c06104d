/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-125: a parser of pairs looks at the value behind the last type */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
static int parse(const unsigned char *bytes, size_t size)
{
    int all = 0;

    for (size_t at = 0; at < size; at += 2U + bytes[at + 1]) {
        all += bytes[at];
    }
    return all;
}

BAD
{
    unsigned char *bytes = malloc(16);

    if (bytes != NULL) {
        memset(bytes, 1, 16);
        show("%d\n", parse(bytes, (size_t)given(16)));
        free(bytes);
    }
}

/* GOOD */
static int parse_whole(const unsigned char *bytes, size_t size)
{
    int all = 0;

    for (size_t at = 0; size - at >= 2 && size - at - 2 >= bytes[at + 1];) {
        all += bytes[at];
        at += 2U + bytes[at + 1];
    }
    return all;
}

GOOD
{
    unsigned char *bytes = malloc(16);

    if (bytes != NULL) {
        memset(bytes, 1, 16);
        show("%d\n", parse_whole(bytes, (size_t)given(16)));
        free(bytes);
    }
}
