/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Calls of raw stubs for stubs.sh to disassemble. The comment above a function lists what it
 * may write through the IPC buffer before the system call, as byte offsets: msg[4] is at 40,
 * msg[5] at 48, and the capability slots are at 976, 984 and 992. Nothing else there may be
 * touched.
 */

#include <sel4/sel4.h>

/* writes: */
int suspend(seL4_CPtr tcb)
{
    return seL4_TCB_Suspend(tcb);
}

/* writes: */
int set_tls_base(seL4_CPtr tcb, seL4_Word base)
{
    return seL4_TCB_SetTLSBase(tcb, base);
}

/* writes: */
int delete_slot(seL4_CPtr root, seL4_Word index)
{
    return seL4_CNode_Delete(root, index, 64);
}

/* writes: */
int clean_page(seL4_CPtr page)
{
    return seL4_ARM_Page_Clean_Data(page, 0, 4096);
}

/* writes: */
seL4_ARM_Page_GetAddress_t get_address(seL4_CPtr page)
{
    return seL4_ARM_Page_GetAddress(page);
}

/* writes: */
seL4_TCB_SetFlags_t set_flags(seL4_CPtr tcb)
{
    return seL4_TCB_SetFlags(tcb, 0, 0);
}

/* writes: */
int acknowledge(seL4_CPtr handler)
{
    return seL4_IRQHandler_Ack(handler);
}

/* writes: */
void signal_notification(seL4_CPtr notification)
{
    seL4_Signal(notification);
}

/* writes: */
void yield(void)
{
    seL4_Yield();
}

/* writes: 976 */
int set_priority(seL4_CPtr tcb, seL4_CPtr authority)
{
    return seL4_TCB_SetPriority(tcb, authority, 100);
}

/* writes: 976 */
int bind_notification(seL4_CPtr tcb, seL4_CPtr notification)
{
    return seL4_TCB_BindNotification(tcb, notification);
}

/* writes: 976 */
int map_page(seL4_CPtr page, seL4_CPtr vspace, seL4_Word address)
{
    return seL4_ARM_Page_Map(page, vspace, address, seL4_ReadWrite,
                             seL4_ARM_Default_VMAttributes);
}

/* writes: 976 */
int get_handler(seL4_CPtr control, seL4_CPtr root, seL4_Word slot)
{
    return seL4_IRQControl_Get(control, 27, root, slot, 64);
}

/* writes: 976 984 */
int make_pool(seL4_CPtr control, seL4_CPtr untyped, seL4_CPtr root, seL4_Word slot)
{
    return seL4_ARM_ASIDControl_MakePool(control, untyped, root, slot, 64);
}

/* writes: 40 976 */
int copy_slot(seL4_CPtr root, seL4_Word to, seL4_Word from)
{
    return seL4_CNode_Copy(root, to, 64, root, from, 64, seL4_AllRights);
}

/* writes: 40 48 976 */
int retype(seL4_CPtr untyped, seL4_CPtr root, seL4_Word slot)
{
    return seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, root, 0, 0, slot, 1);
}
