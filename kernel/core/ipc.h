/*
 * Message transfer between threads.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/* A seL4_MessageInfo_t taken apart. */
static inline uint64_t info_length(uint64_t info)
{
    uint64_t length = info & 0x7f;

    return length <= seL4_MsgMaxLength ? length : seL4_MsgMaxLength;
}

static inline uint64_t info_extra_caps(uint64_t info)
{
    return info >> 7 & 3;
}

static inline uint64_t info_label(uint64_t info)
{
    return info >> 12;
}

static inline uint64_t info_make(uint64_t label, uint64_t unwrapped, uint64_t extra_caps,
                                 uint64_t length)
{
    return label << 12 | unwrapped << 9 | extra_caps << 7 | length;
}

/* The thread's IPC buffer as the kernel reaches it; null if it has none with these rights. */
seL4_IPCBuffer *sk_kipc_buffer(struct kernel *k, const struct tcb *t, bool for_writing);

/* Message word n of t, from its registers or buffer (which may be null: then zero). */
uint64_t sk_kipc_word(struct tcb *t, const seL4_IPCBuffer *buffer, unsigned n);

/* Give t a message: words beyond the registers go to its buffer, and are cut off without. */
void sk_kipc_give(struct kernel *k, struct tcb *t, uint64_t badge, uint64_t label,
                  const uint64_t *words, unsigned count);

/*
 * Deliver what from sends (a message, or its fault) to the thread to. A capability to ep that
 * is sent along is unwrapped.
 */
void sk_kipc_transfer(struct kernel *k, struct tcb *from, const struct endpoint *ep,
                      uint64_t badge, bool may_grant, struct tcb *to);

/* Take t out of the queue of what it waits on; it becomes inactive. */
void sk_kipc_leave(struct thread_queue *q, struct tcb *t);

/* End whatever t waits for; it becomes inactive. Nothing if it does not wait. */
void sk_kipc_cancel(struct kernel *k, struct tcb *t);
