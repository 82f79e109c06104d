/*
 * Changes all of its variables, and faults; what it finds at each start goes on in a region.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <compose-restore/kid.h>

enum { WORDS = 3000, STARTS = 5 };

static unsigned full[WORDS] = {[0] = 1, [WORDS - 1] = 2}; /* several pages of contents */
static unsigned empty[WORDS];
static unsigned constructed;
static volatile uintptr_t nowhere = 0x123000;

__attribute__((constructor)) static void construct(void)
{
    constructed++;
}

static unsigned changed_count(void)
{
    unsigned count = constructed != 1;

    for (unsigned i = 0; i < WORDS; i++) {
        count += full[i] != (i == 0 ? 1 : i == WORDS - 1 ? 2 : 0);
        count += empty[i] != 0;
        full[i] = empty[i] = ~0u;
    }
    return count;
}

void init(void)
{
    volatile unsigned *tally = (volatile unsigned *)*kid_tally;

    tally[0] += 1;
    tally[1] += changed_count();
    if (tally[0] < STARTS) {
        nowhere = *(volatile unsigned *)nowhere;
    }
    sk_printf("%s: %u starts, %u variables were changed\n", microkit_name, tally[0], tally[1]);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
