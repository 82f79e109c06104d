/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-122: an index from outside reaches another block */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int *a = calloc(8, sizeof(*a));
    int *b = calloc(8, sizeof(*b));

    if (a != NULL && b != NULL) {
        a[given(13)] = 7;
        show("b[1] is %d\n", b[1]);
    }
    free(b);
    free(a);
}

/* GOOD */
GOOD
{
    int *a = calloc(8, sizeof(*a));
    int *b = calloc(8, sizeof(*b));
    long index = given(13);

    if (a != NULL && b != NULL && index >= 0 && index < 8) {
        a[index] = 7;
        show("b[1] is %d\n", b[1]);
    }
    free(b);
    free(a);
}
