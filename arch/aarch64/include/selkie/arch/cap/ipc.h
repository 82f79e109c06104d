/*
 * Receiving, with the same parameters on every kernel: one without reply objects does not look
 * at reply. Words 0 to 3 are in word, all others in the IPC buffer.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/attr.h>

static SK_ALWAYS_INLINE seL4_MessageInfo_t sk_arch_ipc_receive(seL4_CPtr source,
                                                               seL4_CPtr reply,
                                                               seL4_Word *ret_badge,
                                                               seL4_Word word[4])
{
    seL4_MessageInfo_t info;

    arm_sys_recv(seL4_SysRecv, source, ret_badge, &info.words[0], &word[0], &word[1], &word[2],
                 &word[3], reply);
    return info;
}

/* Answer the last caller with answer, then receive. */
static SK_ALWAYS_INLINE seL4_MessageInfo_t sk_arch_ipc_answer_receive(seL4_CPtr source,
                                                                      seL4_CPtr reply,
                                                                      seL4_MessageInfo_t answer,
                                                                      seL4_Word *ret_badge,
                                                                      seL4_Word word[4])
{
    seL4_MessageInfo_t info;

    arm_sys_send_recv(seL4_SysReplyRecv, source, ret_badge, answer.words[0], &info.words[0],
                      &word[0], &word[1], &word[2], &word[3], reply);
    return info;
}
