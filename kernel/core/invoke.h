/*
 * From a system call to the function that serves it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

struct send {
    uint64_t cptr;
    bool is_blocking;
    bool is_call;
    bool may_donate;
    bool is_half; /* of a system call that receives as well */
};

/* The send half of a system call of the running thread. */
void sk_kinvoke_send(struct kernel *k, struct send s);

/* The receive half. with_reply: a reply object is given for answering calls. */
void sk_kinvoke_receive(struct kernel *k, uint64_t cptr, bool is_blocking, bool with_reply);
