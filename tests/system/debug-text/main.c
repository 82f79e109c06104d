/*
 * What a debug kernel says of threads and of invocations that fail: it calls threads by the
 * names that they were given.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

/* A thread from memory that is too large for the fault handler to have. Its slot is slot. */
static void make_thread(const seL4_BootInfo *bi, seL4_CPtr slot)
{
    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        if (!bi->untypedList[i].isDevice && bi->untypedList[i].sizeBits > 20) {
            (void)seL4_Untyped_Retype(bi->untyped.start + i, seL4_TCBObject, 0,
                                      seL4_CapInitThreadCNode, 0, 0, slot, 1);
            return;
        }
    }
}

SK_ROOT_TASK(bi)
{
    seL4_CPtr thread = bi->empty.start;

    make_thread(bi, thread);
    sk_puts("a child has a name:");
    seL4_DebugDumpScheduler();
    seL4_DebugNameThread(seL4_CapInitThreadTCB, "the first thread");
    seL4_DebugNameThread(thread, "a second thread");
    (void)seL4_TCB_SetPriority(thread, seL4_CapInitThreadTCB, 77);
    sk_puts("both have others:");
    seL4_DebugDumpScheduler();
    sk_puts("an invocation of nothing:");
    (void)seL4_TCB_Resume(seL4_CapNull);
    sk_puts("of something else:");
    (void)seL4_TCB_Resume(seL4_CapInitThreadCNode);
    sk_puts("with a priority that is too high:");
    (void)seL4_TCB_SetPriority(thread, seL4_CapInitThreadTCB, seL4_MaxPrio + 1);
    sk_puts("into a slot that is taken:");
    (void)seL4_CNode_Copy(seL4_CapInitThreadCNode, thread, seL4_WordBits,
                          seL4_CapInitThreadCNode, seL4_CapInitThreadTCB, seL4_WordBits,
                          seL4_AllRights);
    sk_puts("done");
    return 0;
}
