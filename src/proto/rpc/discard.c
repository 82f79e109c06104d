/* SPDX-License-Identifier: BSD-2-Clause */
#include "discard.h"

void sk_rpc_discard(seL4_MessageInfo_t info)
{
    const seL4_IPCBuffer *buffer = seL4_GetIPCBuffer();
    seL4_Word count = seL4_MessageInfo_get_extraCaps(info);
    seL4_Word unwrapped = seL4_MessageInfo_get_capsUnwrapped(info);

    /* One that was unwrapped is a badge only; one that was not is where the path says. */
    if (unwrapped != ((seL4_Word)1 << count) - 1) {
        (void)seL4_CNode_Delete(buffer->receiveCNode, buffer->receiveIndex,
                                (seL4_Uint8)buffer->receiveDepth);
    }
}
