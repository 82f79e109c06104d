/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-122: a write one element past a block, into what its size was rounded up by */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    long count = given(10);
    int *values = malloc((size_t)count * sizeof(*values));

    if (values != NULL) {
        for (long i = 0; i <= count; i++) {
            values[i] = (int)i;
        }
        use(values, (size_t)count * sizeof(*values));
        free(values);
    }
}

/* GOOD */
GOOD
{
    long count = given(10);
    int *values = malloc((size_t)count * sizeof(*values));

    if (values != NULL) {
        for (long i = 0; i < count; i++) {
            values[i] = (int)i;
        }
        use(values, (size_t)count * sizeof(*values));
        free(values);
    }
}
