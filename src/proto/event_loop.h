/*
 * What the parts of the event loop share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/proto/event_loop.h>

/*
 * Do what is deferred, and wait: event_loop_mcs.c or event_loop_classic.c. Without an endpoint
 * only the badge of the reader says something; it holds no IPC buffer.
 */
void sk_event_loop_wait_signal(struct sk_event_loop *l, sk_reader *ret_in);
void sk_event_loop_wait_message(struct sk_event_loop *l, sk_reader *ret_in);

/* Send what is deferred now. */
void sk_event_loop_send_deferred(struct sk_event_loop *l);

/* Run coroutines that are ready, but none twice: coroutine.c. */
void sk_event_loop_run_ready(struct sk_event_loop *l);
