/*
 * Endpoints: rendezvous of senders and receivers.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

struct endpoint_send {
    struct endpoint *endpoint;
    uint64_t badge;
    bool is_blocking;
    bool is_call;
    bool may_grant;
    bool may_grant_reply;
    bool may_donate; /* to a receiver that has no scheduling context */
};

/* Send the message of t, or its fault if it has one. */
void sk_kendpoint_send(struct kernel *k, struct tcb *t, struct endpoint_send s);

/* t receives. r, which may be null, is for answering a call. */
void sk_kendpoint_receive(struct kernel *k, struct tcb *t, struct endpoint *ep,
                          bool is_blocking, struct reply *r);

/* Everybody who waits on ep does again what made it wait. */
void sk_kendpoint_cancel_all(struct kernel *k, struct endpoint *ep);

/* The same for senders with this badge. */
void sk_kendpoint_cancel_badge(struct kernel *k, struct endpoint *ep, uint64_t badge);
