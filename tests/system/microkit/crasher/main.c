/*
 * Domains that crash: which way, their name says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../say.h"

void __assert_fail(const char *what, const char *file, int line, const char *function);

void init(void)
{
    switch (microkit_name[0]) {
    case 'i':
        microkit_irq_ack(7); /* the bit is there, and the capability is not */
        break;
    case 'p':
        microkit_pd_restart(9, 0x200000);
        break;
    case 's':
        microkit_pd_stop(9);
        break;
    case 'r':
        microkit_pd_resume(9);
        break;
    case 'a':
        __assert_fail("x > 0", "file.c", 12, "init");
        break;
    case 'c':
        microkit_ppcall(5, microkit_msginfo_new(0, 0));
        break;
    default:
        return;
    }
    say("went on", 0);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
