/*
 * The way to a device's page can lead over pieces of untyped memory. The sink keeps none of
 * them: no slot that was taken before the program began can be retyped. The serial port itself
 * may be where an untyped begins; the clock behind it is not, and takes what is printed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/sink.h>

const uintptr_t sk_sink_pl011_address = 0x9010000;

static seL4_Error retype(seL4_CPtr untyped, seL4_SlotPos to)
{
    return seL4_Untyped_Retype(untyped, seL4_UntypedObject, seL4_PageBits,
                               seL4_CapInitThreadCNode, 0, 0, to, 1);
}

SK_ROOT_TASK(bi)
{
    seL4_Word end = (seL4_Word)1 << bi->initThreadCNodeSizeBits;
    seL4_SlotPos to = bi->empty.start;
    int pieces = 0;

    sk_assert(bi->empty.end < end);
    for (seL4_SlotPos slot = bi->empty.end; slot < end; slot++) {
        /* Again, since what is no untyped may just not answer: a notification, for one. */
        if (retype(slot, to) == seL4_NoError && retype(slot, to) == seL4_DeleteFirst) {
            to++;
            pieces++;
        }
    }
    return pieces;
}
