/*
 * Is stopped and restarted while a passive server has its time, or while it waits in the
 * server's queue; jumps into nothing; and then sends the server a message that brings no time.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-donated/kid.h>

#include "../plot.h"

static struct plot *plot = (struct plot *)*kid_plot;

static void call(seL4_Word label, enum deed in_call, enum deed at_rest)
{
    plot->in_call = in_call;
    plot->at_rest = at_rest;
    microkit_ppcall(kid_channel_server, microkit_msginfo_new(label, 0));
    sk_printf("kid: is answered, %lu\n", microkit_mr_get(0));
}

/* Behind the stack, where no domain has memory; the parent hears of it. */
static void jump(void)
{
    uintptr_t page = (uintptr_t)1 << seL4_PageBits;

    ((void (*)(void))((seL4_UserVSpaceTop & -page) - page))();
}

void init(void)
{
    unsigned start = ++plot->starts;

    microkit_ppcall(kid_channel_idle, microkit_msginfo_new(0, 0));
    sk_printf("kid: start %u, call %lu of the idle\n", start, microkit_mr_get(0));
    switch (start) {
    case 1:
        call(HOLD, RESTART, NOTHING);
        break;
    case 2:
        call(HOLD, STOP, RESUME);
        call(HOLD, STOP, RESTART);
        break;
    case 3:
        call(HOLD, RESTART_AND_STOP, RESUME);
        break;
    case 4:
        microkit_notify(kid_channel_other);
        call(COUNT, NOTHING, RESTART);
        break;
    case 5:
        call(HOLD, RESUME, NOTHING);
        plot->at_rest = FORGET;
        break;
    case 6:
        jump();
        break;
    case 7:
        call(COUNT, NOTHING, NOTHING);
        call(HOLD, STOP_AND_RESUME, NOTHING);
        microkit_notify(kid_channel_other);
        call(COUNT, NOTHING, STOP_AND_RESUME);
        seL4_NBSend(BASE_ENDPOINT_CAP + kid_channel_server, microkit_msginfo_new(COUNT, 0));
        call(COUNT, NOTHING, RESTART);
        break;
    default:
        sk_printf("kid: a message that was no call has stopped the server\n");
        sk_arch_exit(0);
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
}
