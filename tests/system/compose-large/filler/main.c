/*
 * Writes to a region of 1.5 GiB at both ends, and every 64 MiB.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-large/filler.h>

#define STEP ((uintptr_t)64 << 20)

/* The places, in a row; the end of the region behind the last. */
static volatile uint64_t *place(unsigned n)
{
    uintptr_t start = (uintptr_t)*filler_large;
    uintptr_t offset = n * STEP;

    return (volatile uint64_t *)(start + (offset < sizeof(*filler_large)
                                              ? offset
                                              : sizeof(*filler_large) - sizeof(uint64_t)));
}

void init(void)
{
    unsigned count = sizeof(*filler_large) / STEP + 1;
    unsigned wrong = 0;

    for (unsigned i = 0; i < count; i++) {
        wrong += *place(i) != 0;
        *place(i) = ~(uint64_t)i;
    }
    for (unsigned i = 0; i < count; i++) {
        wrong += *place(i) != ~(uint64_t)i;
    }
    sk_printf("%lu MiB, %u places, %u of them wrong\n", sizeof(*filler_large) >> 20, count,
              wrong);
    sk_arch_exit(wrong == 0 ? 0 : 1);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
