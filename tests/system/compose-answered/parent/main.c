/*
 * Restarts the server at every place of its loop, the client's call and the kernel's work in
 * between: after the time that a period leaves it, each time a little less. Then it lets it
 * run, and looks whether the client still gets answers. The sleeper, who has no
 * callers, must not try to answer one: a debug kernel would tell (absent.txt).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>

#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-answered/parent.h>

#define ENTRY 0x200000

enum { RESTARTS = 1000, PATIENCE = 20, SLEEPS = 4 };

/* Take n steps of two instructions of the time that the others would have. */
static void delay(unsigned n)
{
    while (n-- != 0) {
        __asm__ volatile("");
    }
}

/* Does the client go on, within some periods? */
static bool is_answered(const volatile seL4_Word *tally)
{
    seL4_Word before = tally[0];

    for (unsigned i = 0; i < PATIENCE && tally[0] == before; i++) {
        seL4_Yield();
    }
    return tally[0] != before;
}

void init(void)
{
    const volatile seL4_Word *tally = (const volatile seL4_Word *)*parent_tally;

    for (unsigned i = 0; i < RESTARTS; i++) {
        delay(i);
        microkit_pd_restart(parent_child_server, ENTRY);
        if (i < SLEEPS) {
            microkit_pd_restart(parent_child_sleeper, ENTRY);
        }
        seL4_Yield();
        if (!is_answered(tally)) {
            sk_printf("the client waits for ever after restart %u\n", i + 1);
            sk_arch_exit(1);
        }
    }
    sk_printf("the client has all answers, %s\n",
              tally[1] != 0 ? "those of restarts too" : "but none of a restart");
    sk_arch_exit(0);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
