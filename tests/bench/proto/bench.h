/*
 * What is measured: each function does something count times, and is not inlined, so that the
 * loop is all that is added.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/err.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/source.h>

typedef void measured(unsigned count);

/* A notification, or a capability to one with a badge. */
sk_err make_notification(struct sk_source *source, sk_notification *ret_notification);
sk_err mint(struct sk_source *source, seL4_CPtr from, seL4_Word badge, seL4_CPtr *ret_cptr);

/* rings.c */
sk_err rings_begin(struct sk_source *source);
measured ring_pair, raw_pair, ring_batch, multi_pair, woken_one, woken_batch;

/* loop.c */
sk_err loop_begin(struct sk_source *source);
measured raw_signal_wait, loop_turn, raw_fewest, loop_defer, coroutine_await, raw_call,
    loop_call;

/* raw_mcs.c, raw_classic.c: signal n, and wait at from, in as few calls as there can be. */
void signal_and_wait(seL4_CPtr n, seL4_CPtr from);
void answer_and_receive(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word *word);
void receive_first(seL4_CPtr endpoint, seL4_CPtr reply);
