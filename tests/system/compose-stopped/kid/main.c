/*
 * Calls a passive server, and computes: what comes out is always the same, unless an
 * instruction is left out, or done twice.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include <compose-stopped/kid.h>

#include "../tally.h"

enum { ROUNDS = 500, WORDS = 8 };

/* volatile: not known to the compiler. */
static volatile unsigned first = 1;

static unsigned compute(void)
{
    unsigned sum = first;

    for (unsigned i = 0; i < ROUNDS; i++) {
        sum = sum * 1103515245 + i;
    }
    return sum;
}

/* The answer is one more, in each word. */
static unsigned call(unsigned long n)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < WORDS; i++) {
        microkit_mr_set(i, n + i);
    }
    microkit_ppcall(kid_channel_server, microkit_msginfo_new(0, WORDS));
    for (unsigned i = 0; i < WORDS; i++) {
        wrong += microkit_mr_get(i) != n + i + 1;
    }
    return wrong;
}

void init(void)
{
    struct tally *tally = (struct tally *)*kid_tally;
    unsigned sum = compute();

    for (unsigned long n = 0;; n++) {
        tally->wrong += call(n);
        tally->answers++;
        tally->wrong += compute() != sum;
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
}
