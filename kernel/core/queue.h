/*
 * Queues of threads that wait on an endpoint or a notification: the most important first, and
 * first in, first out among equals.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/objects.h"

static inline void queue_insert(struct thread_queue *q, struct tcb *t)
{
    struct tcb *before = q->tail;

    while (before != 0 && before->priority < t->priority) {
        before = before->queue_prev;
    }
    t->queue_prev = before;
    t->queue_next = before != 0 ? before->queue_next : q->head;
    if (t->queue_next != 0) {
        t->queue_next->queue_prev = t;
    } else {
        q->tail = t;
    }
    if (before != 0) {
        before->queue_next = t;
    } else {
        q->head = t;
    }
}

static inline void queue_remove(struct thread_queue *q, struct tcb *t)
{
    if (t->queue_next != 0) {
        t->queue_next->queue_prev = t->queue_prev;
    } else {
        q->tail = t->queue_prev;
    }
    if (t->queue_prev != 0) {
        t->queue_prev->queue_next = t->queue_next;
    } else {
        q->head = t->queue_next;
    }
}
