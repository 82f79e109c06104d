/*
 * What is tried on the target only.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* Each is called once; null, or a sentence about what is wrong. */
typedef const char *part(void);

/* million.c */
part a_million_messages_go_from_thread_to_thread;
part many_producers_lose_nothing;
part a_loop_serves_two_queues_and_a_clock;
