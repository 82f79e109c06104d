/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-415: a block that realloc has freed is freed again */
/* EXPECT: gcc release=heap host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char *old = malloc(32);
    char *other = malloc(32);
    char *new = realloc(old, (size_t)given(2000));

    if (new != NULL) {
        new[0] = 1;
    }
    keep(old);
    free(kept());
    free(new);
    free(other);
}

/* GOOD */
GOOD
{
    char *old = malloc(32);
    char *other = malloc(32);
    char *new = realloc(old, (size_t)given(2000));

    if (new != NULL) {
        new[0] = 1;
        free(new);
    } else {
        free(old);
    }
    free(other);
}
