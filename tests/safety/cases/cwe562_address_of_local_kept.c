/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-562: a callback's context is a local variable of a function that has returned */
/* EXPECT: host=asan */
#include "../safety.h"

struct context {
    long calls;
};

static void call_back(void)
{
    struct context *c = kept();

    c->calls++;
    show("%ld calls\n", c->calls);
}

/* BAD */
__attribute__((noinline)) static void begin(void)
{
    struct context c = {given(0)};

    keep(&c);
}

BAD
{
    begin();
    call_back();
}

/* GOOD */
__attribute__((noinline)) static void begin_with(struct context *c)
{
    c->calls = given(0);
    keep(c);
}

GOOD
{
    struct context c;

    begin_with(&c);
    call_back();
}
