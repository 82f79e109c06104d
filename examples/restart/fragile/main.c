/*
 * Fails each time. The monitor restarts it, and its variables are then as they were at first:
 * no damage is taken over. What is in a memory region stays.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <restart/fragile.h>

static unsigned balance = 100;
static unsigned withdrawals;
static volatile uintptr_t nowhere = 0x123000;

void init(void)
{
    volatile unsigned *tally = (volatile unsigned *)*fragile_tally;

    *tally += 1;
    withdrawals++;
    balance -= 58;
    sk_printf("fragile: start %u, %u withdrawal, %u left\n", *tally, withdrawals, balance);
    nowhere = *(volatile unsigned *)nowhere;
}

void notified(microkit_channel ch)
{
    (void)ch;
}
