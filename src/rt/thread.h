/*
 * What the files of threads share. thread_mcs.c and thread_classic.c are the two kernels' ways
 * of giving a thread time; debug_name.c, where the kernel is a debug kernel, names it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/env.h>
#include <selkie/rt/thread.h>

/* The slots of a thread. Objects are made, and so freed, in this order. */
enum thread_slot {
    SLOT_TCB,
    SLOT_ENDED, /* a notification, signalled when the thread has ended */
    SLOT_TIME,  /* with MCS, the scheduling context */
    SLOT_FAULTS,
    SLOT_COUNT
};

/* The first thread. */
extern struct sk_thread sk_thread_first;

/* Make the next object of t, which is to be in slot. */
sk_err sk_thread_make(struct sk_thread *t, sk_blueprint what, enum thread_slot slot);

/* Let t run for the time that options say. */
sk_err sk_thread_give_time(struct sk_thread *t, const struct sk_env *env,
                           const struct sk_thread_options *options);

/* Take back what sk_thread_give_time() made. */
void sk_thread_take_time(struct sk_thread *t);

/*
 * Only where the program is linked with the fault handler: put the capability that the
 * kernel reports faults of t to into slot. What the handler keeps of t may need a page.
 */
sk_err sk_fault_attach(const struct sk_thread *t, struct sk_source *source, sk_slot slot);

/* t is no more; it may never have been attached. */
void sk_fault_detach(const struct sk_thread *t);

/* Tell a debug kernel the name of a thread. */
void sk_thread_name(const struct sk_thread *t);
