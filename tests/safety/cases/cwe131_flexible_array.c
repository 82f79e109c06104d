/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-131: a flexible array is allocated as if its elements were bytes */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

struct samples {
    size_t count;
    int values[];
};

/* BAD */
BAD
{
    size_t count = (size_t)given(12);
    struct samples *s = malloc(sizeof(*s) + count);

    if (s != NULL) {
        s->count = count;
        for (size_t i = 0; i < count; i++) {
            s->values[i] = 3;
        }
        use(s, sizeof(*s));
        free(s);
    }
}

/* GOOD */
GOOD
{
    size_t count = (size_t)given(12);
    struct samples *s = malloc(sizeof(*s) + count * sizeof(s->values[0]));

    if (s != NULL) {
        s->count = count;
        for (size_t i = 0; i < count; i++) {
            s->values[i] = 3;
        }
        use(s, sizeof(*s));
        free(s);
    }
}
