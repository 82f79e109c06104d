/*
 * The second thread: it answers messages on an endpoint, and signals when told to stop.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* The worker's own CNode, which main fills. */
enum worker_slot {
    WORKER_ENDPOINT = 1,
    WORKER_REPLY,
    WORKER_NOTIFICATION,
};

#define WORKER_CNODE_BITS 3

/* What a message asks for, in its label. */
enum worker_label {
    WORKER_ADD_ONE, /* to every word of the message */
    WORKER_STOP,
};

/* How many messages this thread has answered: every thread has its own. */
extern _Thread_local unsigned worker_answered;

/* arg points to a place where the worker leaves its count when it stops. */
void worker(void *arg);
