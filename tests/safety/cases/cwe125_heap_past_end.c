/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-125: a block is summed up one element too far */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
static int sum(const int *values, size_t count)
{
    int all = 0;

    for (size_t i = 0; i <= count; i++) {
        all += values[i];
    }
    return all;
}

BAD
{
    int *values = calloc(8, sizeof(*values));

    if (values != NULL) {
        show("%d\n", sum(values, (size_t)given(8)));
        free(values);
    }
}

/* GOOD */
static int sum_all(const int *values, size_t count)
{
    int all = 0;

    for (size_t i = 0; i < count; i++) {
        all += values[i];
    }
    return all;
}

GOOD
{
    int *values = calloc(8, sizeof(*values));

    if (values != NULL) {
        show("%d\n", sum_all(values, (size_t)given(8)));
        free(values);
    }
}
