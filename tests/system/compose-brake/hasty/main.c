/*
 * Faults each time that it is started, at once, until it has seen the pauses between.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>

#include <microkit.h>
#include <selkie/arch/driver/timer.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-brake/hasty.h>

#include "../book.h"

enum { STARTS = 5 };

static volatile struct book *const book = (struct book *)*hasty_book;
static volatile uintptr_t nowhere = 0x123000;

/* A pause may be longer by what is said of the fault, and a few periods of 20 ms. */
static bool is_about(unsigned long ms, unsigned long wanted_ms)
{
    return ms >= wanted_ms && ms < wanted_ms + 90;
}

void init(void)
{
    static const unsigned pauses_ms[STARTS] = {0, 0, 100, 200, 400};
    unsigned long now = sk_arch_timer_count();
    unsigned long ms = (now - book->last) * 1000 / sk_arch_timer_frequency();
    unsigned start = book->starts++;

    book->last = now;
    if (start > 0) {
        sk_printf("hasty: start %u after %u ms: %s\n", start + 1, pauses_ms[start],
                  is_about(ms, pauses_ms[start]) ? "yes" : "no");
    }
    if (start + 1 == STARTS) {
        sk_arch_exit(0);
    }
    nowhere = *(volatile unsigned *)nowhere;
}

void notified(microkit_channel ch)
{
    (void)ch;
}
