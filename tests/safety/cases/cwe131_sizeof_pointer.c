/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-131: a structure is allocated with the size of its pointer */
/* EXPECT: gcc release=trap host=ubsan */
#include "../safety.h"

struct connection {
    long id;
    char peer[40];
    long bytes;
};

/* BAD */
BAD
{
    struct connection *c = malloc(sizeof(c));

    if (c != NULL) {
        c->id = given(1);
        c->bytes = given(2);
        keep(c);
        free(c);
    }
}

/* GOOD */
GOOD
{
    struct connection *c = malloc(sizeof(*c));

    if (c != NULL) {
        c->id = given(1);
        c->bytes = given(2);
        keep(c);
        free(c);
    }
}
