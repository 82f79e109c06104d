/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-843: a callback is registered with the context of another */
/* EXPECT: nothing */
#include "../safety.h"

struct timer {
    long due;
};

struct channel {
    long id;
    char name[40];
};

static void on_channel(void *context)
{
    struct channel *c = context;

    c->name[given(30)] = '!';
}

/* BAD */
BAD
{
    struct timer t = {given(5)};

    keep(&t);
    on_channel(kept());
}

/* GOOD */
GOOD
{
    struct channel c = {.id = given(5)};

    keep(&c);
    on_channel(kept());
}
