/*
 * A domain of a file that knows nothing of Selkie: the variables of Microkit's ABI, an entry,
 * and a loop. It adds, is passive, and signals whom it has answered.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/sel4.h>
#include <selkie/base/attr.h>

enum { INPUT = 1, REPLY = 4, NOTIFY = 10, CALL_SHIFT = 63 };

/* They have contents, since that is where the composer writes. */
#define PATCHED __attribute__((section(".data")))

PATCHED char microkit_name[64];
PATCHED char microkit_passive;
PATCHED seL4_Word microkit_irqs, microkit_notifications, microkit_pps, microkit_ioports;
PATCHED seL4_Word page_address, page_size;

void _start(void);

static seL4_MessageInfo_t answer(seL4_Word badge)
{
    volatile seL4_Word *page = (volatile seL4_Word *)page_address;

    if (badge >> CALL_SHIFT == 1) {
        seL4_Word channel = badge & 63;
        page[0] = seL4_GetMR(0) + seL4_GetMR(1);
        page[1] = page_size;
        page[2] = microkit_notifications;
        page[3] = microkit_pps;
        page[4] = (seL4_Word)microkit_passive;
        page[5] = (seL4_Word)microkit_name[3];
        seL4_Signal(NOTIFY + channel);
    }
    return seL4_MessageInfo_new(0, 0, 0, 0);
}

__attribute__((section(".text._start"), used)) SK_NORETURN void _start(void)
{
    seL4_Word badge;

    seL4_SetIPCBuffer((seL4_IPCBuffer *)(seL4_UserVSpaceTop & ~(seL4_Word)0xfff));
    (void)seL4_Recv(INPUT, &badge, REPLY);
    for (;;) {
        seL4_MessageInfo_t info = answer(badge);
        if (badge >> CALL_SHIFT == 1) {
            (void)seL4_ReplyRecv(INPUT, info, &badge, REPLY);
        } else {
            (void)seL4_Recv(INPUT, &badge, REPLY);
        }
    }
}
