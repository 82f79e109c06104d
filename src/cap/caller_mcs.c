/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/message.h>

_Static_assert(SK_ARCH_IPC_SEND_RECEIVE == (seL4_Word)seL4_SysNBSendRecv,
               "the number is the kernel's");

sk_err sk_caller_keep(sk_caller *c)
{
    sk_require(!c->is_kept);
    sk_caller_check(c);
    c->is_kept = true; /* the reply object keeps it anyway */
    return SK_OK;
}

void sk_caller_send(sk_caller *c, struct sk_arch_message m)
{
    c->is_kept = false;
    sk_arch_ipc_send((seL4_Word)seL4_SysSend, c->cptr, m);
}
