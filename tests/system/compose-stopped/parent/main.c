/*
 * Stops and resumes its child at any time, which the child must not notice; and restarts it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>

#include <microkit.h>
#include <selkie/arch/driver/timer.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-stopped/parent.h>

#include "../tally.h"

enum { STOPS = 8000, RESTARTS = 200, ENTRY = 0x200000 };

static struct tally *tally;
static volatile unsigned spent;
static unsigned chance = 7;

/* Of any length below that. */
static void pause(unsigned most)
{
    chance = chance * 1103515245 + 12345;
    for (unsigned i = 0; i < (chance >> 8) % most; i++) {
        spent = i;
    }
}

static void wait(unsigned ms)
{
    seL4_Word end = sk_arch_timer_count() + sk_arch_timer_frequency() / 1000 * ms;

    while (sk_arch_timer_count() < end) {
    }
}

static void fail(const char *what)
{
    sk_printf("parent: %s, after %lu answers, %lu of them or of the sums wrong\n", what,
              tally->answers, tally->wrong);
    sk_arch_exit(1);
}

/* The child goes on being answered, or not. */
static bool is_alive(void)
{
    unsigned long before = tally->answers;

    wait(20);
    return tally->answers != before;
}

/* It has time of its own and runs in pauses; what is stopped does not. */
static void stop_and_resume(void)
{
    for (unsigned i = 0; i < STOPS && tally->wrong == 0; i++) {
        pause(300);
        microkit_pd_stop(parent_child_kid);
        unsigned long before = tally->answers;
        pause(40);
        if (tally->answers != before) {
            fail("a stopped child goes on");
        }
        microkit_pd_resume(parent_child_kid);
        if (i > STOPS / 2 && i % 3 == 0) {
            microkit_pd_resume(parent_child_kid);
        }
    }
}

void init(void)
{
    tally = (struct tally *)*parent_tally;
    stop_and_resume();
    if (tally->wrong != 0 || !is_alive()) {
        fail("stopped and resumed");
    }
    for (unsigned i = 0; i < RESTARTS; i++) {
        pause(300);
        if (i % 2 == 0) {
            microkit_pd_stop(parent_child_kid);
        }
        microkit_pd_restart(parent_child_kid, ENTRY);
        if (i % 10 == 0 && !is_alive()) {
            fail("restarted");
        }
    }
    if (tally->wrong != 0) {
        fail("restarted");
    }
    sk_printf("parent: the child has noticed nothing\n");
    sk_arch_exit(0);
}

void notified(microkit_channel ch)
{
    (void)ch;
}

seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply)
{
    (void)reply;
    sk_printf("parent: fault %lu of %u, at 0x%lx\n", microkit_msginfo_get_label(msginfo), child,
              microkit_mr_get(1));
    sk_arch_exit(1);
    return seL4_False;
}
