/*
 * Has no time of its own but a signal's, and that of a child whose fault it is told of.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <compose-keeper/parent.h>

#include "../plot.h"

#define ENTRY 0x200000

static struct plot *plot = (struct plot *)*parent_plot;
static unsigned rests;

void init(void)
{
}

static void stop(void)
{
    sk_printf("parent: stop\n");
    microkit_pd_stop(parent_child_kid);
    plot->stopped = 1;
}

/* The first time it is resumed, and then restarted. */
static void go_on(void)
{
    plot->stopped = 0;
    if (rests++ == 0) {
        sk_printf("parent: resume\n");
        microkit_pd_resume(parent_child_kid);
    } else {
        sk_printf("parent: restart\n");
        microkit_pd_restart(parent_child_kid, ENTRY);
    }
}

void notified(microkit_channel ch)
{
    if (ch == parent_channel_server) {
        stop();
    } else {
        go_on();
    }
}

seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply)
{
    (void)reply;
    sk_printf("parent: fault %lu of %u\n", microkit_msginfo_get_label(msginfo), child);
    stop();
    return seL4_False;
}
