/*
 * Invocations: a system call on a capability to an object that the kernel serves.
 *
 * core/invoke.c takes the message apart and calls the function of the object's kind. That one
 * checks everything first, then acts; once it has acted nothing is refused any more. What it
 * answers in message words is left in struct invocation.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/config.h>
#include <sel4/invocation.h>

#include "core/kernel.h"

struct invocation {
    struct tcb *caller;
    struct slot *slot; /* of the capability invoked */
    kcap cap;
    uint64_t label;
    uint64_t length; /* message words that the caller sent */
    const seL4_IPCBuffer *buffer;
    unsigned extra_count;
    struct slot *extra[seL4_MsgMaxExtraCaps]; /* the capabilities sent along */
    bool is_call;
    bool has_answered; /* the result is in the registers of the caller already */
    unsigned result_count;
    uint64_t results[2];
};

/* Message word n of the caller. */
uint64_t sk_kinvocation_word(const struct invocation *i, unsigned n);

/* The capability sent along as number n; a null one if there are not so many. */
static inline kcap invocation_cap(const struct invocation *i, unsigned n)
{
    return n < i->extra_count ? i->extra[n]->cap : (kcap){0};
}

static inline void invocation_result(struct invocation *i, uint64_t word)
{
    i->results[i->result_count++] = word;
}

/* One for each kind of object. */
seL4_Error sk_kuntyped_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_ktcb_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kcnode_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_ksched_context_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_ksched_control_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kirq_control_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kirq_handler_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kdomain_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kvspace_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kpage_table_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kframe_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kasid_control_invoke(struct kernel *k, struct invocation *i);
seL4_Error sk_kasid_pool_invoke(struct kernel *k, struct invocation *i);
