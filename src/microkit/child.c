/*
 * Children are stopped and started by their program counter and the kernel's Suspend. Only one
 * thing is in the way: a child that calls a passive server lends it its time, and to interrupt
 * the call would leave the time there. So the call goes on. To stop the child, it gets an empty
 * address space: it takes its answer, and comes no further than to its next instruction, where
 * it faults. That fault goes to an endpoint where nobody waits, so that the child keeps its
 * time, and all that it is; and it goes on from there when it has its own address space again.
 *
 * Where the child is, the kernel alone knows: it can change between any two calls here, if the
 * parent is preempted, and a parent that is restarted in the middle has forgotten.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "microkit.h"

enum { CHILDREN = SK_MICROKIT_PLAIN_CHANNELS };

/* One can only ask where a child's time is by taking it. */
enum time { UNKNOWN, TAKEN, LENT };

static bool is_lender(microkit_child pd)
{
    return pd < CHILDREN && (sk_microkit_extension.lenders >> pd & 1) != 0;
}

static seL4_Error bind(microkit_child pd)
{
    return seL4_SchedContext_Bind(SK_MICROKIT_SLOT_CHILD_TIME + pd, BASE_TCB_CAP + pd);
}

static enum time take_time_again(microkit_child pd)
{
    return seL4_SchedContext_UnbindObject(SK_MICROKIT_SLOT_CHILD_TIME + pd,
                                          BASE_TCB_CAP + pd) == seL4_NoError
               ? TAKEN
               : LENT;
}

/* A parent that was restarted has perhaps taken it before. Who lends it cannot be given it. */
static enum time take_time(microkit_child pd)
{
    if (!is_lender(pd)) {
        return UNKNOWN;
    }
    if (take_time_again(pd) == TAKEN) {
        return TAKEN;
    }
    return bind(pd) == seL4_NoError ? take_time_again(pd) : LENT;
}

/* The child must not wait in the kernel then, or its time have run out. */
static void give_back(const char *call, microkit_child pd, enum time time)
{
    if (time == TAKEN) {
        sk_microkit_check(call, bind(pd));
    }
}

/*
 * A passive child that waits has no time, and is lent some when a message comes. Now there is
 * none, so it gets its own, and loses it when it waits again. If it has time, that is refused.
 */
static void give_idler(microkit_child pd)
{
    if (pd < CHILDREN && (sk_microkit_extension.idlers >> pd & 1) != 0) {
        (void)bind(pd);
    }
}

/* Let a child that lends time go on in its own memory, or not go on. */
static void set_space(const char *call, microkit_child pd, bool is_own)
{
    seL4_CPtr fault = sk_microkit_slot_child_fault(pd, microkit_irqs >> pd & 1);

    sk_microkit_check(call, seL4_TCB_SetSpace(BASE_TCB_CAP + pd,
                                              is_own ? fault : SK_MICROKIT_SLOT_STOP_FAULT,
                                              SK_MICROKIT_SLOT_CHILD_CSPACE + pd, 0,
                                              is_own ? SK_MICROKIT_SLOT_CHILD_VSPACE + pd
                                                     : (seL4_CPtr)SK_MICROKIT_SLOT_STOP_VSPACE,
                                              0));
}

/* Only the program counter: the rest is its _start. */
static void go_on_at(const char *call, microkit_child pd, seL4_Word pc, bool is_resumed)
{
    seL4_UserContext registers = {.pc = pc};

    sk_microkit_check(call,
                      seL4_TCB_WriteRegisters(BASE_TCB_CAP + pd, is_resumed, 0, 1, &registers));
}

/* A fault brings the child's time to a parent that has none; its answer brings that back. */
static bool has_brought_time(microkit_child pd)
{
    return microkit_passive != 0 && sk_microkit_faulted.is_handled &&
           sk_microkit_faulted.child == pd;
}

void microkit_pd_restart(microkit_child pd, seL4_Word entry_point)
{
    static const char call[] = "microkit_pd_restart";
    enum time time = take_time(pd);
    bool is_brought = has_brought_time(pd);

    if (time == LENT) {
        go_on_at(call, pd, entry_point, false);
        set_space(call, pd, true);
        time = take_time_again(pd);
    } else if (time == TAKEN) {
        set_space(call, pd, true);
    }
    if (time != LENT) {
        go_on_at(call, pd, entry_point, !is_brought);
        give_back(call, pd, time);
        give_idler(pd);
    }
    sk_microkit_faulted.is_restarted |= is_brought;
}

void microkit_pd_stop(microkit_child pd)
{
    static const char call[] = "microkit_pd_stop";
    enum time time = take_time(pd);

    if (time == LENT) {
        set_space(call, pd, false);
        time = take_time_again(pd);
    }
    if (time != LENT) {
        sk_microkit_check(call, seL4_TCB_Suspend(BASE_TCB_CAP + pd));
        give_back(call, pd, time);
    } else {
        sk_microkit_faulted.is_restarted |= has_brought_time(pd);
    }
}

/* A child that has not come back from its call yet goes on by itself, and must not be told. */
void microkit_pd_resume(microkit_child pd)
{
    static const char call[] = "microkit_pd_resume";
    enum time time = take_time(pd);

    if (time != UNKNOWN) {
        set_space(call, pd, true);
    }
    if (time == LENT) {
        time = take_time_again(pd);
    }
    if (time != LENT) {
        sk_microkit_check(call, seL4_TCB_Resume(BASE_TCB_CAP + pd));
        give_back(call, pd, time);
        give_idler(pd);
    } else {
        sk_microkit_faulted.is_restarted |= has_brought_time(pd);
    }
}
