/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-787: an index from outside is written to in a table that a structure points to */
/* EXPECT: host=asan */
#include "../safety.h"

static int counters[10];

struct statistics {
    int *counters;
    size_t count;
};

/* BAD */
BAD
{
    struct statistics s = {counters, 10};

    keep(&s);
    struct statistics *same = kept();
    same->counters[given(10)]++;
}

/* GOOD */
GOOD
{
    struct statistics s = {counters, 10};
    size_t index = (size_t)given(10);

    keep(&s);
    struct statistics *same = kept();
    if (index < same->count) {
        same->counters[index]++;
    }
}
