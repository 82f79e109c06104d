/*
 * A system that is small enough to know all of, and what a snapshot says of it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/assert.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#define ROOT    seL4_CapInitThreadCNode
#define AT(cap) ROOT, (cap), seL4_WordBits
#define PAGE_AT 0x1010000000ul /* where there are tables, near the program */

/* Slots, counted from the first empty one. */
enum {
    MEMORY,
    ENDPOINT,
    SENDER,
    NOTIFICATION,
    HANDLER,
    REPLY,
    CONTEXT,
    THREAD,
    CNODE,
    FRAME,
    TABLE,
};

static void must(int line, seL4_Error error)
{
    if (error != seL4_NoError) {
        sk_panic_at(__FILE__, line, "error %d", (int)error);
    }
}
#define MUST(call) must(__LINE__, (seL4_Error)(call))

/* The first memory of the boot info that is large enough. */
static seL4_CPtr find_memory(const seL4_BootInfo *bi, seL4_Word bits)
{
    seL4_Word i = 0;

    while (bi->untypedList[i].isDevice || bi->untypedList[i].sizeBits < bits) {
        i++;
    }
    return bi->untyped.start + i;
}

static void make_objects(seL4_CPtr memory, seL4_CPtr first)
{
    static const struct {
        seL4_CPtr slot;
        seL4_Word type, size_bits;
    } objects[] = {
        {ENDPOINT, seL4_EndpointObject, 0},   {NOTIFICATION, seL4_NotificationObject, 0},
        {REPLY, seL4_ReplyObject, 0},         {CONTEXT, seL4_SchedContextObject, 8},
        {THREAD, seL4_TCBObject, 0},          {CNODE, seL4_CapTableObject, 4},
        {FRAME, seL4_ARM_SmallPageObject, 0}, {TABLE, seL4_ARM_PageTableObject, 0},
    };

    for (unsigned i = 0; i < sizeof(objects) / sizeof(objects[0]); i++) {
        MUST(seL4_Untyped_Retype(memory, objects[i].type, objects[i].size_bits, ROOT, 0, 0,
                                 first + objects[i].slot, 1));
    }
}

SK_ROOT_TASK(bi)
{
    seL4_CPtr first = bi->empty.start;

    MUST(seL4_Untyped_Retype(find_memory(bi, 17), seL4_UntypedObject, 16, ROOT, 0, 0,
                             first + MEMORY, 1));
    make_objects(first + MEMORY, first);
    MUST(seL4_CNode_Mint(AT(first + SENDER), AT(first + ENDPOINT),
                         seL4_CapRights_new(0, 1, 0, 1), 4711));
    MUST(seL4_CNode_Mint(first + CNODE, 3, 4, AT(first + NOTIFICATION), seL4_CanRead, 42));
    MUST(seL4_IRQControl_Get(seL4_CapIRQControl, 60, AT(first + HANDLER)));
    MUST(seL4_IRQHandler_SetNotification(first + HANDLER, first + NOTIFICATION));
    MUST(seL4_SchedControl_ConfigureFlags(bi->schedcontrol.start, first + CONTEXT, 3000, 7000,
                                          0, 99, seL4_SchedContext_NoFlag));
    MUST(seL4_TCB_Configure(first + THREAD, first + CNODE,
                            seL4_CNode_CapData_new(5, 60).words[0], seL4_CapInitThreadVSpace, 0,
                            0, seL4_CapNull));
    MUST(seL4_TCB_SetSchedParams(first + THREAD, seL4_CapInitThreadTCB, 88, 77, first + CONTEXT,
                                 first + ENDPOINT));
    MUST(seL4_TCB_BindNotification(first + THREAD, first + NOTIFICATION));
    seL4_DebugNameThread(first + THREAD, "the only thread");
    MUST(seL4_ARM_PageTable_Map(first + TABLE, seL4_CapInitThreadVSpace, PAGE_AT,
                                seL4_ARM_Default_VMAttributes));
    MUST(seL4_ARM_Page_Map(first + FRAME, seL4_CapInitThreadVSpace, PAGE_AT, seL4_CanRead,
                           seL4_ARM_ExecuteNever));
    sk_printf("slots from 0x%lx on\n", first);
    seL4_DebugSnapshot();
    sk_puts("done");
    return 0;
}
