/*
 * Sending and receiving, with messages as values: a pointer to each word, as the raw layer has
 * it, would keep compilers that add checks from leaving the words in registers. The parameters
 * are the same on every kernel; one without reply objects does not look at reply.
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

/* System call number: send m to destination. */
static SK_ALWAYS_INLINE void sk_arch_ipc_send(seL4_Word number, seL4_CPtr destination,
                                              struct sk_arch_message m)
{
    arm_sys_send(number, destination, m.info, m.word[0], m.word[1], m.word[2], m.word[3]);
}

/* System call number: send m (to destination, or who called last), then receive. */
static SK_ALWAYS_INLINE struct sk_arch_message sk_arch_ipc_exchange(seL4_Word number,
                                                                    seL4_CPtr destination,
                                                                    struct sk_arch_message m,
                                                                    seL4_CPtr reply)
{
    register seL4_Word x0 __asm__("x0") = destination;
    register seL4_Word x1 __asm__("x1") = m.info;
    register seL4_Word x2 __asm__("x2") = m.word[0];
    register seL4_Word x3 __asm__("x3") = m.word[1];
    register seL4_Word x4 __asm__("x4") = m.word[2];
    register seL4_Word x5 __asm__("x5") = m.word[3];
    register seL4_Word x6 __asm__("x6") = reply;
    register seL4_Word x7 __asm__("x7") = number;

    /* "memory": the kernel reads and writes IPC buffers, and other threads run meanwhile. */
    __asm__ volatile("svc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5)
                     : "r"(x6), "r"(x7)
                     : "memory");
    return (struct sk_arch_message){x0, x1, {x2, x3, x4, x5}};
}

/*
 * Send m to destination if somebody waits there, then receive at source. One system call where
 * the kernel is MCS, the only one that has it; it has this number in the order of all.
 */
#define SK_ARCH_IPC_SEND_RECEIVE ((seL4_Word)-3)

static SK_ALWAYS_INLINE struct sk_arch_message
sk_arch_ipc_send_receive(seL4_CPtr destination, seL4_CPtr source, struct sk_arch_message m,
                         seL4_CPtr reply)
{
    register seL4_Word x0 __asm__("x0") = source;
    register seL4_Word x1 __asm__("x1") = m.info;
    register seL4_Word x2 __asm__("x2") = m.word[0];
    register seL4_Word x3 __asm__("x3") = m.word[1];
    register seL4_Word x4 __asm__("x4") = m.word[2];
    register seL4_Word x5 __asm__("x5") = m.word[3];
    register seL4_Word x6 __asm__("x6") = reply;
    register seL4_Word x7 __asm__("x7") = SK_ARCH_IPC_SEND_RECEIVE;
    register seL4_Word x8 __asm__("x8") = destination;

    /* "memory": as above. */
    __asm__ volatile("svc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5)
                     : "r"(x6), "r"(x7), "r"(x8)
                     : "memory");
    return (struct sk_arch_message){x0, x1, {x2, x3, x4, x5}};
}

/* System call number: receive at source. */
static SK_ALWAYS_INLINE struct sk_arch_message
sk_arch_ipc_receive_by(seL4_Word number, seL4_CPtr source, seL4_CPtr reply)
{
    register seL4_Word x0 __asm__("x0") = source;
    register seL4_Word x1 __asm__("x1");
    register seL4_Word x2 __asm__("x2");
    register seL4_Word x3 __asm__("x3");
    register seL4_Word x4 __asm__("x4");
    register seL4_Word x5 __asm__("x5");
    register seL4_Word x6 __asm__("x6") = reply;
    register seL4_Word x7 __asm__("x7") = number;

    /* "memory": as above. */
    __asm__ volatile("svc #0"
                     : "+r"(x0), "=r"(x1), "=r"(x2), "=r"(x3), "=r"(x4), "=r"(x5)
                     : "r"(x6), "r"(x7)
                     : "memory");
    return (struct sk_arch_message){x0, x1, {x2, x3, x4, x5}};
}

/* Receive at source. */
static SK_ALWAYS_INLINE struct sk_arch_message sk_arch_ipc_receive(seL4_CPtr source,
                                                                   seL4_CPtr reply)
{
    return sk_arch_ipc_receive_by((seL4_Word)seL4_SysRecv, source, reply);
}
