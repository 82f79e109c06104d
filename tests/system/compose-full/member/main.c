/*
 * One of 63 domains with a channel to each other one: signals all of them, and when it has been
 * signalled by all, calls the first, which ends the machine when all have.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#define ALL (((seL4_Word)1 << MICROKIT_MAX_CHANNELS) - 1)

static seL4_Word told, called;

/* The n of "dn". */
static seL4_Word number(void)
{
    seL4_Word n = 0;

    for (const char *c = microkit_name + 1; *c != '\0'; c++) {
        n = 10 * n + (seL4_Word)(*c - '0');
    }
    return n;
}

static void end_when_all_is_said(void)
{
    if (told == ALL && called == ALL) {
        sk_printf("63 domains were signalled by 62, and 62 have called\n");
        sk_arch_exit(0);
    }
}

void init(void)
{
    for (microkit_channel ch = 0; ch < MICROKIT_MAX_CHANNELS; ch++) {
        microkit_notify(ch);
    }
}

void notified(microkit_channel ch)
{
    if ((told >> ch & 1) != 0) {
        sk_printf("%s is told of %u twice\n", microkit_name, ch);
        sk_arch_exit(1);
    }
    told |= (seL4_Word)1 << ch;
    if (told == ALL && number() != 0) {
        microkit_mr_set(0, number());
        (void)microkit_ppcall(0, microkit_msginfo_new(0, 1));
    }
    end_when_all_is_said();
}

/* Who calls is who it says it is. */
microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    if (microkit_msginfo_get_count(msginfo) != 1 || microkit_mr_get(0) != ch + 1) {
        sk_printf("%s is called by %lu on %u\n", microkit_name, microkit_mr_get(0), ch);
        sk_arch_exit(1);
    }
    called |= (seL4_Word)1 << ch;
    end_when_all_is_said();
    return microkit_msginfo_new(0, 0);
}
