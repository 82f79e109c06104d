/* SPDX-License-Identifier: BSD-2-Clause */
#include "passive.h"

#include <selkie/cap/sched_context.h>
#include <selkie/rt/panic.h>

void make_passive(const struct sk_thread *server)
{
    sk_assert(sk_sched_context_unbind(server->context) == SK_OK);
}

void give_time(const struct sk_thread *server)
{
    sk_assert(sk_sched_context_bind(server->context, server->tcb) == SK_OK);
}
