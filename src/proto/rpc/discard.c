/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/rpc.h>

void sk_rpc_discard(seL4_Word info)
{
    const seL4_MessageInfo_t header = {{info}};
    const seL4_IPCBuffer *buffer = seL4_GetIPCBuffer();
    seL4_Word count = seL4_MessageInfo_get_extraCaps(header);
    seL4_Word unwrapped = seL4_MessageInfo_get_capsUnwrapped(header);

    /* One that was unwrapped is a badge only; one that was not is where the path says. */
    if (unwrapped != ((seL4_Word)1 << count) - 1) {
        (void)seL4_CNode_Delete(buffer->receiveCNode, buffer->receiveIndex,
                                (seL4_Uint8)buffer->receiveDepth);
    }
}
