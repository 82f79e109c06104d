/* SPDX-License-Identifier: BSD-2-Clause */
#include "worker.h"

#include <sel4/sel4.h>

_Thread_local unsigned worker_answered;

void worker(void *arg)
{
    unsigned *ret_answered = arg;
    seL4_Word badge;
    seL4_MessageInfo_t message = seL4_Recv(WORKER_ENDPOINT, &badge, WORKER_REPLY);

    while (seL4_MessageInfo_get_label(message) != WORKER_STOP) {
        seL4_Word length = seL4_MessageInfo_get_length(message);

        worker_answered++;
        for (seL4_Word i = 0; i < length; i++) {
            seL4_SetMR((int)i, seL4_GetMR((int)i) + 1);
        }
        message = seL4_ReplyRecv(WORKER_ENDPOINT, seL4_MessageInfo_new(badge, 0, 0, length),
                                 &badge, WORKER_REPLY);
    }
    *ret_answered = worker_answered;
    seL4_Signal(WORKER_NOTIFICATION);
}
