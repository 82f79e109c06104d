/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-362: two threads count in one variable */
/* EXPECT: host=tsan */
#include "../safety.h"

static long hits;

/* BAD */
static void count(void *arg)
{
    (void)arg;
    for (int i = 0; i < 10000; i++) {
        hits++;
    }
}

BAD
{
    in_two_threads(count, NULL);
    show("%d\n", hits == 20000);
}

/* GOOD */
static void count_atomically(void *arg)
{
    (void)arg;
    for (int i = 0; i < 10000; i++) {
        __atomic_fetch_add(&hits, 1, __ATOMIC_RELAXED); /* pairs with no other variable */
    }
}

GOOD
{
    hits = 0;
    in_two_threads(count_atomically, NULL);
    show("%d\n", hits == 20000);
}
