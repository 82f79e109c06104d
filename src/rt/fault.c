/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

#include <stddef.h>

#include <selkie/arch/rt/thread.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/fault.h>

#include "start.h"

/* The handler's own page: its IPC buffer, and the stack up to the end. */
static union {
    _Alignas(1 << seL4_PageBits) char page[1 << seL4_PageBits];
    seL4_IPCBuffer ipc_buffer;
} room;

static seL4_CPtr endpoint;

/*
 * The body of the handler's thread. It has no TLS, so it reads the words that are not in
 * registers straight from its buffer.
 */
static void handle(void *arg)
{
    seL4_Word *message = room.ipc_buffer.msg;
    seL4_Word word[4];
    seL4_MessageInfo_t info = sk_fault_receive(endpoint, word);

    (void)arg;
    for (int i = 0; i < 4; i++) {
        message[i] = word[i];
    }
    sk_fault_print(info, message);
    sk_exit(SK_EXIT_FAULT);
}

void sk_fault_check(seL4_Error error)
{
    if (error != seL4_NoError) {
        sk_panic_plain("panic: the fault handler cannot be made");
    }
}

seL4_CPtr sk_fault_make(struct fault_source *source, seL4_Word type, seL4_Word size_bits)
{
    seL4_SlotRegion *empty = &source->bi->empty;

    if (empty->start == empty->end) {
        sk_fault_check(seL4_DeleteFirst);
    }
    empty->end--;
    sk_fault_check(seL4_Untyped_Retype(source->untyped, type, size_bits,
                                       seL4_CapInitThreadCNode, 0, 0, empty->end, 1));
    return empty->end;
}

/* The smallest piece of RAM that has a page. */
static seL4_CPtr smallest_untyped(const seL4_BootInfo *bi)
{
    seL4_Word count = bi->untyped.end - bi->untyped.start;
    seL4_Word best = count;

    for (seL4_Word i = 0; i < count; i++) {
        const seL4_UntypedDesc *untyped = &bi->untypedList[i];

        if (!untyped->isDevice && untyped->sizeBits >= seL4_PageBits &&
            (best == count || untyped->sizeBits < bi->untypedList[best].sizeBits)) {
            best = i;
        }
    }
    return bi->untyped.start + best;
}

void sk_fault_start(seL4_BootInfo *bi)
{
    struct fault_source source = {bi, smallest_untyped(bi)};
    seL4_CPtr tcb = sk_fault_make(&source, seL4_TCBObject, 0);
    seL4_UserContext registers =
        sk_arch_thread_registers(handle, NULL, (seL4_Word)(&room + 1), 0);

    sk_fault_give_time(&source, tcb);
    endpoint = sk_fault_make(&source, seL4_EndpointObject, 0);
    sk_fault_check(seL4_TCB_SetSpace(tcb, seL4_CapNull, seL4_CapInitThreadCNode, 0,
                                     seL4_CapInitThreadVSpace, 0));
    sk_fault_check(seL4_TCB_SetIPCBuffer(tcb, (seL4_Word)&room, sk_image_page(bi, &room)));
    sk_fault_check(seL4_TCB_SetPriority(tcb, seL4_CapInitThreadTCB, seL4_MaxPrio));
    sk_fault_check(seL4_TCB_WriteRegisters(tcb, 1, 0, SK_ARCH_REGISTER_COUNT, &registers));
    sk_fault_check(seL4_TCB_SetSpace(seL4_CapInitThreadTCB, endpoint, seL4_CapInitThreadCNode,
                                     0, seL4_CapInitThreadVSpace, 0));
}
