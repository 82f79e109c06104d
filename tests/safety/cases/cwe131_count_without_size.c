/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-131: an array is allocated with its count in place of its size */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    size_t count = (size_t)given(20);
    long *values = malloc(count);

    if (values != NULL) {
        for (size_t i = 0; i < count; i++) {
            values[i] = (long)i;
        }
        use(values, count);
        free(values);
    }
}

/* GOOD */
GOOD
{
    size_t count = (size_t)given(20);
    long *values = malloc(count * sizeof(*values));

    if (values != NULL) {
        for (size_t i = 0; i < count; i++) {
            values[i] = (long)i;
        }
        use(values, count);
        free(values);
    }
}
