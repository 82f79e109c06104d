/*
 * Stops and restarts its child.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/microkit/abi.h>
#include <selkie/rt/print.h>

#include <compose-donated/parent.h>

#include "../plot.h"

#define ENTRY 0x200000

void init(void)
{
}

/* The child does not notice, however often. */
static void shake(void)
{
    for (unsigned i = 0; i < 8; i++) {
        microkit_pd_stop(parent_child_kid);
        microkit_pd_resume(parent_child_kid);
    }
}

/* What a parent has done that was itself restarted in the middle of microkit_pd_stop(). */
static void forget(void)
{
    if (seL4_SchedContext_UnbindObject(SK_MICROKIT_SLOT_CHILD_TIME + parent_child_kid,
                                       BASE_TCB_CAP + parent_child_kid) != seL4_NoError) {
        sk_printf("parent: the child's time is elsewhere\n");
    }
}

static void act(volatile enum deed *wanted)
{
    static const char *const names[] = {"nothing", "restart",          "stop",
                                        "resume",  "restart and stop", "stop and resume",
                                        "forget"};
    enum deed deed = *wanted;

    *wanted = NOTHING;
    sk_printf("parent: %s\n", names[deed]);
    switch (deed) {
    case RESTART:
        microkit_pd_restart(parent_child_idle, ENTRY);
        microkit_pd_restart(parent_child_kid, ENTRY);
        break;
    case STOP:
        microkit_pd_stop(parent_child_kid);
        break;
    case RESUME:
        microkit_pd_stop(parent_child_idle);
        microkit_pd_resume(parent_child_idle);
        microkit_pd_resume(parent_child_kid);
        break;
    case RESTART_AND_STOP:
        microkit_pd_restart(parent_child_kid, ENTRY);
        shake();
        microkit_pd_stop(parent_child_kid);
        break;
    case STOP_AND_RESUME:
        shake();
        break;
    case FORGET:
        forget();
        microkit_pd_restart(parent_child_kid, ENTRY);
        break;
    case NOTHING:
        break;
    }
}

void notified(microkit_channel ch)
{
    struct plot *plot = (struct plot *)*parent_plot;

    act(ch == parent_channel_server ? &plot->in_call : &plot->at_rest);
}

seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply)
{
    (void)reply;
    sk_printf("parent: fault %lu of %u, at 0x%lx\n", microkit_msginfo_get_label(msginfo), child,
              microkit_mr_get(0));
    microkit_pd_restart(child, ENTRY);
    return seL4_False;
}
