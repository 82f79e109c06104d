/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-457: a flag in a structure is asked before anybody has set it */
/* EXPECT: nothing */
#include "../safety.h"

struct state {
    bool is_open;
    int count;
};

__attribute__((noinline)) static void step(struct state *s)
{
    if (s->is_open) {
        s->count++;
    }
    show("open %d\n", s->is_open);
}

/* BAD */
BAD
{
    struct state s;

    s.count = (int)given(0);
    step(&s);
}

/* GOOD */
GOOD
{
    struct state s = {0};

    s.count = (int)given(0);
    step(&s);
}
