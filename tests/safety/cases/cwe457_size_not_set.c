/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-457: the size of a copy is not set */
/* EXPECT: release=fortify */
#include "../safety.h"

struct copy {
    char *to;
    const char *from;
    size_t size;
};

__attribute__((noinline)) static void copy_do(const struct copy *c)
{
    memcpy(c->to, c->from, c->size);
}

/* BAD */
BAD
{
    static char to[32];
    struct copy c;

    c.to = to;
    c.from = "something";
    copy_do(&c);
}

/* GOOD */
GOOD
{
    static char to[32];
    struct copy c;

    c.to = to;
    c.from = "something";
    c.size = 10;
    copy_do(&c);
}
