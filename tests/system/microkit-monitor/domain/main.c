/*
 * Faults in a way that its name says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include "../../microkit/say.h"
#include "../plot.h"

#define KEPT __attribute__((noinline))

static seL4_Word starts = 1;
static int *volatile nowhere = (int *)0x40;

KEPT static void write_nowhere(int value)
{
    *nowhere = value;
}

KEPT static void caller(int value)
{
    write_nowhere(value + 1);
    say("not reached", (seL4_Word)value);
}

KEPT static int overflow(volatile int *deeper)
{
    volatile int here[64] = {0};

    here[1] = *deeper + 1;
    return here[1] == 0 ? 0 : overflow(here) + here[1];
}

/* It steps over the page below the stack. */
KEPT static int step_far(volatile int *from)
{
    volatile int here[5000];

    here[0] = *from + 1;
    return here[0];
}

static void ask(seL4_Word label)
{
    microkit_msginfo answer = microkit_ppcall(TO_SERVER, microkit_msginfo_new(label, 0));

    say("label of the answer", microkit_msginfo_get_label(answer));
}

void init(void)
{
    volatile int depth = 0;
    seL4_Word start = starts++;

    say("start", start);
    switch (microkit_name[0]) {
    case 'n':
        caller(1);
        break;
    case 'o':
        say("not reached", (seL4_Word)overflow(&depth));
        break;
    case 't':
        __builtin_trap();
        break;
    case 'c':
        ask(ASK_TO_FAULT);
        ask(ASK_TO_ANSWER);
        break;
    case 'b':
        say("not reached", (seL4_Word)step_far(&depth));
        break;
    case 'w':
        seL4_Wait(NOT_ITS_OWN, NULL);
        say("not reached", 0);
        break;
    case 'u':
        __asm__ volatile(".inst 0");
        break;
    case 'l':
        microkit_internal_crash(seL4_IllegalOperation);
        break;
    case 's':
        break;
    default:
        if (start < 3) {
            caller(2);
        }
        break;
    }
}

void notified(microkit_channel ch)
{
    say("told", ch);
    if (ch == TO_FAULT) {
        caller(3);
    }
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    if (microkit_msginfo_get_label(msginfo) == ASK_TO_FAULT) {
        say("called", ch);
        caller(4);
    }
    return microkit_msginfo_new(ANSWER, 0);
}
