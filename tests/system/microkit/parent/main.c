/*
 * Restarts its children, stops them, and lets one go on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../plot.h"
#include "../say.h"

#define ENTRY 0x200000 /* as in Microkit's own example */

static unsigned faults[MICROKIT_MAX_CHANNELS];
static unsigned signals;

void init(void)
{
    say(microkit_name, microkit_passive);
}

void notified(microkit_channel ch)
{
    say("told", ch);
    if (signals++ == 0) {
        microkit_pd_stop(STEPPER);
        say("stopped", 0);
        microkit_pd_resume(STEPPER);
        say("resumed", 0);
    }
}

/* The program counter is behind the instruction that faulted. */
static seL4_Bool step_over(microkit_msginfo *reply)
{
    seL4_Word pc = microkit_mr_get(seL4_UserException_FaultIP);

    say("goes on", 0);
    microkit_mr_set(seL4_UserException_FaultIP, pc + 4);
    *reply = microkit_msginfo_new(0, 1);
    return seL4_True;
}

seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply)
{
    (void)msginfo;
    if (child == STEPPER) {
        return step_over(reply);
    }
    say("fault of child", child);
    if (child == QUITTER) {
        return seL4_False; /* it stays as it is */
    }
    if (++faults[child] < 3) {
        microkit_pd_restart(child, ENTRY);
    } else {
        microkit_pd_stop(child);
        say("stays", child);
    }
    return seL4_False;
}
