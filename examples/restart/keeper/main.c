/*
 * The parent of a domain that fails: it is told of each fault, and starts its child again.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <restart/keeper.h>

/* Where the linker script microkit.ld puts _start. */
#define WORKER_ENTRY 0x200000

enum { PATIENCE = 5 };

static unsigned fault_count;

void init(void)
{
    sk_printf("keeper: has a child\n");
}

void notified(microkit_channel ch)
{
    if (ch == keeper_channel_worker) {
        sk_printf("keeper: the work is done, after %u faults\n", fault_count);
    }
}

static void print_fault(microkit_msginfo msginfo)
{
    switch (microkit_msginfo_get_label(msginfo)) {
    case seL4_Fault_VMFault:
        sk_printf("keeper: the worker went to 0x%lx, where nothing is\n",
                  microkit_mr_get(seL4_VMFault_Addr));
        break;
    case seL4_Fault_UserException:
        sk_printf("keeper: the worker came to an instruction that there is not\n");
        break;
    default:
        sk_printf("keeper: the worker has a fault with the label %lu\n",
                  microkit_msginfo_get_label(msginfo));
    }
}

/* An answer would let the child go on where it is, so there is none. */
seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply)
{
    (void)reply;
    print_fault(msginfo);
    if (++fault_count < PATIENCE) {
        microkit_pd_restart(child, WORKER_ENTRY);
    } else {
        microkit_pd_stop(child);
    }
    return seL4_False;
}
