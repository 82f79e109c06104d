/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4/sel4.h>
#include <selkie/rt/main.h>

static seL4_CPtr make(const seL4_BootInfo *bi, seL4_Word type, seL4_SlotPos to)
{
    seL4_Word i = 0;

    while (bi->untypedList[i].isDevice || bi->untypedList[i].sizeBits < 12) {
        i++;
    }
    seL4_Error error = seL4_Untyped_Retype(bi->untyped.start + i, type, 0,
                                           seL4_CapInitThreadCNode, 0, 0, to, 1);
    return error == seL4_NoError ? to : 0;
}

SK_ROOT_TASK(bi)
{
    seL4_CPtr notification = make(bi, seL4_NotificationObject, bi->empty.start);
    seL4_CPtr tcb = make(bi, seL4_TCBObject, bi->empty.start + 1);
    seL4_Word badge;

    if (seL4_TCB_BindNotification(tcb, notification) != seL4_NoError) {
        return 1;
    }
    /* It is another thread's: a fault as of an empty slot, on classic kernels as on MCS. */
    (void)seL4_Poll(notification, &badge);
    return 0;
}
