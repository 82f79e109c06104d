/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-690: memory is used without asking whether there was any */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    char *buffer = malloc((size_t)given(0x7000000000000000));

    buffer[0] = 'x';
    free(buffer);
}

/* GOOD */
GOOD
{
    char *buffer = malloc((size_t)given(0x7000000000000000));

    if (buffer != NULL) {
        buffer[0] = 'x';
    }
    free(buffer);
}
