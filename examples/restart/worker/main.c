/*
 * Fails in two ways, and then does its work. Its parent restarts it by its program counter
 * alone, as with Microkit, so its variables are what they were: it learns.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <restart/worker.h>

static unsigned start_count;
static volatile uintptr_t nowhere = 0x123000;

void init(void)
{
    start_count++;
    sk_printf("worker: start %u\n", start_count);
    if (start_count == 1) {
        *(volatile char *)nowhere = 1;
    } else if (start_count == 2) {
        __builtin_trap();
    }
    microkit_notify(worker_channel_keeper);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
