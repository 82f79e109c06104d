/*
 * The fault that only kernels with MCS scheduling have.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "cases.h"
#include "victim.h"

#define DATA 0x7788

/* Until the budget is used up. On the host it is system calls that take time. */
static void use_time(seL4_Word notification)
{
    for (;;) {
        seL4_Signal(notification);
    }
}

const char *a_timeout_says_how_much_was_consumed(struct scene *s)
{
    seL4_CPtr notification = scene_make(s, SK_BLUEPRINT(Notification));
    struct victim v;
    struct sk_fault f;

    WANT(start_victim(s, &v, use_time, notification));
    WANT(seL4_SchedControl_ConfigureFlags(s->sched_control, v.tcb + 1, 1000, 50000, 0, DATA,
                                          0) == seL4_NoError);
    WANT(seL4_TCB_SetTimeoutEndpoint(v.tcb, v.faults.cptr) == seL4_NoError);
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == SK_FAULT_TIMEOUT);
    WANT(f.timeout.data == DATA);
    /* Real seL4 keeps some of the budget for itself. */
    WANT(f.timeout.consumed > 900 && f.timeout.consumed < 1100);
    WANT(fault_prints(&f, "timeout: data 0x7788, "));
    return NULL;
}
