/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-908: a block from malloc is taken to be zero */
/* EXPECT: gcc */
#include "../safety.h"

struct counter {
    long hits;
    long misses;
};

/* BAD */
BAD
{
    struct counter *c = malloc(sizeof(*c));

    if (c != NULL) {
        c->hits += given(1);
        show("%ld hits\n", c->hits);
        free(c);
    }
}

/* GOOD */
GOOD
{
    struct counter *c = calloc(1, sizeof(*c));

    if (c != NULL) {
        c->hits += given(1);
        show("%ld hits\n", c->hits);
        free(c);
    }
}
