/*
 * Four children in one: which one it is, its name says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../plot.h"
#include "../say.h"

static seL4_Word data = 5;
static seL4_Word zero;
static char *volatile nowhere = (char *)0x5000;

/* Until the stack is used up. */
static int overflow(volatile int *deeper)
{
    volatile int here[64] = {0};

    here[1] = *deeper + 1;
    return here[1] == 0 ? 0 : overflow(here) + here[1];
}

static void step(void)
{
    __asm__ volatile("udf #1");
    say("went on", 0);
    microkit_notify(TO_PARENT);
    microkit_notify(TO_PARENT);
}

void init(void)
{
    volatile int depth = 0;

    say("data", data++);
    say("zero", zero++);
    if (microkit_name[0] == 's') {
        step();
    } else if (microkit_name[0] == 'q') {
        __asm__ volatile("udf #1");
        say("not reached", 0);
    } else if (microkit_name[0] == 'k') {
        *nowhere = 1;
    } else {
        say("not reached", (seL4_Word)overflow(&depth));
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
}
