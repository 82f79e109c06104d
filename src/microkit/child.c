/*
 * Children are stopped and started by their program counter and the kernel's Suspend. Only one
 * thing is in the way: a child that calls a passive server lends it its time, and to interrupt
 * the call would leave the time there. So the call goes on, and the child, which does nothing
 * meanwhile, continues somewhere else when it is answered.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "microkit.h"

#include <selkie/arch/microkit/system_call.h>

enum { CHILDREN = SK_MICROKIT_PLAIN_CHANNELS };

/* Where children go on that were interrupted in a call; and bit n: child n is to stay there. */
static seL4_Word next_pc[CHILDREN];
static seL4_Word parked;

/* One can only ask where a child's time is by taking it. */
enum time { UNKNOWN, TAKEN, LENT };

static enum time take_time(microkit_child pd)
{
    if (pd >= CHILDREN || (sk_microkit_extension.lenders >> pd & 1) == 0) {
        return UNKNOWN;
    }
    return seL4_SchedContext_UnbindObject(SK_MICROKIT_SLOT_CHILD_TIME + pd,
                                          BASE_TCB_CAP + pd) == seL4_NoError
               ? TAKEN
               : LENT;
}

/* The child must not wait in the kernel then, or its time have run out. */
static void give_back(const char *call, microkit_child pd, enum time time)
{
    if (time == TAKEN) {
        sk_microkit_check(
            call, seL4_SchedContext_Bind(SK_MICROKIT_SLOT_CHILD_TIME + pd, BASE_TCB_CAP + pd));
    }
}

/*
 * A passive child that waits has no time, and is lent some when a message comes. Now there is
 * none, so it gets its own, and loses it when it waits again. If it has time, that is refused.
 */
static void give_idler(microkit_child pd)
{
    if (pd < CHILDREN && (sk_microkit_extension.idlers >> pd & 1) != 0) {
        (void)seL4_SchedContext_Bind(SK_MICROKIT_SLOT_CHILD_TIME + pd, BASE_TCB_CAP + pd);
    }
}

static bool is_parked(microkit_child pd)
{
    return pd < CHILDREN && (parked >> pd & 1) != 0;
}

/* A fault brings the child's time to a parent that has none; its answer brings that back. */
static bool has_brought_time(microkit_child pd)
{
    return microkit_passive != 0 && sk_microkit_faulted.is_handled &&
           sk_microkit_faulted.child == pd;
}

/* At once, or when its call is answered. Only the program counter: the rest is its _start. */
static void go_on_at(const char *call, microkit_child pd, seL4_Word pc)
{
    seL4_UserContext registers = {.pc = pc};
    enum time time = take_time(pd);
    bool is_brought = has_brought_time(pd);

    sk_microkit_check(call,
                      seL4_TCB_WriteRegisters(BASE_TCB_CAP + pd, time != LENT && !is_brought, 0,
                                              1, &registers));
    sk_microkit_faulted.is_restarted |= is_brought;
    give_back(call, pd, time);
    give_idler(pd);
    if (time == LENT) {
        next_pc[pd] = pc;
    }
    if (is_parked(pd)) {
        parked ^= (seL4_Word)1 << pd;
    }
}

/*
 * When its call is answered it faults, and that is not answered. It is to go on behind its
 * system call, unless it has been given another place since it made that.
 */
static void park(const char *call, microkit_child pd)
{
    seL4_UserContext registers;

    sk_microkit_check(call, seL4_TCB_ReadRegisters(BASE_TCB_CAP + pd, 0, 0, 1, &registers));
    if (registers.pc != next_pc[pd]) {
        next_pc[pd] = sk_arch_after_system_call(registers.pc);
    }
    parked |= (seL4_Word)1 << pd;
    registers.pc = sk_microkit_stack_end;
    sk_microkit_check(call, seL4_TCB_WriteRegisters(BASE_TCB_CAP + pd, 0, 0, 1, &registers));
}

void microkit_pd_restart(microkit_child pd, seL4_Word entry_point)
{
    go_on_at("microkit_pd_restart", pd, entry_point);
}

void microkit_pd_stop(microkit_child pd)
{
    enum time time = take_time(pd);

    if (time != LENT) {
        sk_microkit_check("microkit_pd_stop", seL4_TCB_Suspend(BASE_TCB_CAP + pd));
        give_back("microkit_pd_stop", pd, time);
    } else if (!is_parked(pd)) {
        park("microkit_pd_stop", pd);
    }
}

void microkit_pd_resume(microkit_child pd)
{
    if (is_parked(pd)) {
        go_on_at("microkit_pd_resume", pd, next_pc[pd]);
    } else {
        sk_microkit_check("microkit_pd_resume", seL4_TCB_Resume(BASE_TCB_CAP + pd));
        give_idler(pd);
    }
}
