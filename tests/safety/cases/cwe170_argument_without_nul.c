/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-170: a field of fixed size, which need not have a NUL, is printed as a text */
/* EXPECT: nothing */
#include "../safety.h"

struct record {
    char name[8];
    char key[8];
};

/* BAD */
BAD
{
    struct record r = {"username", "hidden!"};

    keep(&r);
    const struct record *same = kept();
    show("name %s\n", same->name);
}

/* GOOD */
GOOD
{
    struct record r = {"username", "hidden!"};

    keep(&r);
    const struct record *same = kept();
    show("name %.8s\n", same->name);
}
