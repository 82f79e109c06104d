/*
 * A domain that never waits, and sees by the counter how long its turns and those of others
 * are. Then red signals blue, blue green, and green ends.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include "end.h"

enum { NEXT = 0, TICKS_A_MS = 62500, TURN_COUNT = 4 };

static uint64_t now(void)
{
    uint64_t ticks;

    __asm__ volatile("isb\nmrs %0, cntpct_el0" : "=r"(ticks));
    return ticks;
}

static uint64_t milliseconds(uint64_t ticks)
{
    return (ticks + TICKS_A_MS / 2) / TICKS_A_MS;
}

/* Spin until somebody else had a turn, which ends now; returns when it began. */
static uint64_t wait_for_turn(uint64_t *ret_now)
{
    uint64_t before = now(), after = before;

    do {
        before = after;
        after = now();
    } while (after - before < TICKS_A_MS / 4);
    *ret_now = after;
    return before;
}

static void expect(uint64_t own, uint64_t others)
{
    uint64_t start, next;

    (void)wait_for_turn(&start);
    for (unsigned n = 0; n < TURN_COUNT; n++) {
        uint64_t last = wait_for_turn(&next);
        if (milliseconds(last - start) != own || milliseconds(next - last) != others) {
            microkit_dbg_puts("wrong turns: ");
            microkit_dbg_put32((uint32_t)milliseconds(last - start));
            microkit_dbg_puts(" and ");
            microkit_dbg_put32((uint32_t)milliseconds(next - last));
            microkit_dbg_puts(" ms\n");
            end(1);
        }
        start = next;
    }
    /* At the start of a turn: nobody else comes between. */
    microkit_dbg_puts(microkit_name);
    microkit_dbg_puts(" has its turns\n");
}

void init(void)
{
    switch (microkit_name[0]) {
    case 'r':
        expect(2, 7);
        microkit_notify(NEXT);
        break;
    case 'b':
        expect(3, 6);
        break;
    case 'g':
        expect(4, 5);
        break;
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
    if (microkit_name[0] == 'b') {
        microkit_notify(NEXT);
    } else {
        end(0);
    }
}
