/*
 * Faults: messages that the kernel sends on behalf of a thread to its handler.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

#define FAULT_WORDS_MAX 13

/*
 * t cannot go on: send f to its fault handler as if t had called it. Without a handler the
 * thread is suspended, and the debug console says so.
 */
void sk_kfault_raise(struct kernel *k, struct tcb *t, struct fault f);

/* A capability could not be looked up by a system call of t. */
void sk_kfault_capability(struct kernel *k, struct tcb *t, uint64_t cptr, bool is_receiving,
                          struct lookup_failure why);

/* t ran out of budget. False if it has no timeout handler. */
bool sk_kfault_timeout(struct kernel *k, struct tcb *t);

/* The message of t's fault; returns the number of words. */
unsigned sk_kfault_message(struct kernel *k, struct tcb *t, uint64_t words[FAULT_WORDS_MAX]);

/* The handler from answers t's fault. Whether t goes on. */
bool sk_kfault_reply(struct kernel *k, struct tcb *from, struct tcb *t);

/* A cap that may be a thread's handler: an endpoint to which the kernel may call. */
static inline bool fault_is_handler(kcap c)
{
    return cap_type(c) == CAP_ENDPOINT && (cap_rights(c) & RIGHT_WRITE) != 0 &&
           (cap_rights(c) & (RIGHT_GRANT | RIGHT_GRANT_REPLY)) != 0;
}
