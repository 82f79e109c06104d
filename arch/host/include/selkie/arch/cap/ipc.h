/*
 * Sending and receiving, with messages as values, on the host: the registers are an array.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/attr.h>

/* A message as it is in registers: its other words are in the IPC buffer. */
struct sk_arch_message {
    seL4_Word badge;
    seL4_Word info;
    seL4_Word word[4];
};

/* System call number: send m (to destination, or who called last), then receive. */
static SK_ALWAYS_INLINE struct sk_arch_message sk_arch_ipc_exchange(seL4_Word number,
                                                                    seL4_CPtr destination,
                                                                    struct sk_arch_message m,
                                                                    seL4_CPtr reply)
{
    seL4_Word x[9] = {destination, m.info, m.word[0], m.word[1], m.word[2],
                      m.word[3],   reply,  number,    0};

    sk_host_svc(x);
    return (struct sk_arch_message){x[0], x[1], {x[2], x[3], x[4], x[5]}};
}

/* System call number: send m to destination. */
static SK_ALWAYS_INLINE void sk_arch_ipc_send(seL4_Word number, seL4_CPtr destination,
                                              struct sk_arch_message m)
{
    (void)sk_arch_ipc_exchange(number, destination, m, 0);
}

/* Send m to destination if somebody waits there, then receive at source (MCS). */
#define SK_ARCH_IPC_SEND_RECEIVE ((seL4_Word)-3)

static SK_ALWAYS_INLINE struct sk_arch_message
sk_arch_ipc_send_receive(seL4_CPtr destination, seL4_CPtr source, struct sk_arch_message m,
                         seL4_CPtr reply)
{
    seL4_Word x[9] = {source,     m.info,    m.word[0], m.word[1],
                      m.word[2],  m.word[3], reply,     SK_ARCH_IPC_SEND_RECEIVE,
                      destination};

    sk_host_svc(x);
    return (struct sk_arch_message){x[0], x[1], {x[2], x[3], x[4], x[5]}};
}

/* System call number: receive at source. */
static SK_ALWAYS_INLINE struct sk_arch_message
sk_arch_ipc_receive_by(seL4_Word number, seL4_CPtr source, seL4_CPtr reply)
{
    return sk_arch_ipc_exchange(number, source, (struct sk_arch_message){0}, reply);
}

/* Receive at source. */
static SK_ALWAYS_INLINE struct sk_arch_message sk_arch_ipc_receive(seL4_CPtr source,
                                                                   seL4_CPtr reply)
{
    return sk_arch_ipc_receive_by((seL4_Word)seL4_SysRecv, source, reply);
}
