/*
 * Where a case plays: untyped memory, empty slots, threads. The same on the host and on the
 * target.
 *
 *     const char *names_are_kept(struct scene *s)
 *     {
 *         seL4_CPtr endpoint = scene_make(s, SK_BLUEPRINT(Endpoint));
 *
 *         WANT(endpoint != 0);
 *         return NULL;
 *     }
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/cap/blueprint.h>
#include <selkie/cap/caller.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/slot.h>

#define SCENE_TEXT_(x) #x
#define SCENE_TEXT(x)  SCENE_TEXT_(x)

/* Leave the case with a sentence unless cond holds. */
#define WANT(cond)                                               \
    do {                                                         \
        if (!(cond)) {                                           \
            return __FILE__ ":" SCENE_TEXT(__LINE__) ": " #cond; \
        }                                                        \
    } while (0)

struct scene {
    seL4_CPtr untyped;
    seL4_CPtr device; /* the largest piece of device memory */
    unsigned device_bits;
    seL4_CPtr cnode; /* the root of everybody's CSpace, with a guard that fills the word */
    sk_node node;    /* what cnode is like */
    seL4_CPtr tcb;   /* the case's own thread, of the highest priority */
    seL4_CPtr vspace;
    seL4_CPtr sched_control; /* null without MCS */
    seL4_CPtr next_slot;     /* the first that is empty, like all behind it */
    void *stage;             /* what the threads need */
};

/* Nothing is mapped here, and threads may try. */
#define SCENE_UNMAPPED 0x7ffe0000ul

/* A slot that is not given again. */
static inline sk_slot scene_slot(struct scene *s)
{
    return sk_slot_at((sk_cnode){s->cnode}, s->next_slot++);
}

/* The next count slots. */
static inline sk_slots scene_slots(struct scene *s, seL4_Word count)
{
    sk_slots slots = {sk_slot_at((sk_cnode){s->cnode}, s->next_slot), count};

    s->next_slot += count;
    return slots;
}

/* An object, or null. */
seL4_CPtr scene_make(struct scene *s, sk_blueprint what);

/*
 * Start a thread at entry(argument); it runs when the case waits. It has an IPC buffer and its
 * thread-local variables, and must not return. fault_handler is an endpoint or null. At most
 * SCENE_THREADS in a case. Returns its TCB, or null; its scheduling context, if it needs one,
 * is in the slot behind.
 */
#define SCENE_THREADS 8
seL4_CPtr scene_thread(struct scene *s, void (*entry)(seL4_Word argument), seL4_Word argument,
                       seL4_Word priority, seL4_CPtr fault_handler);

/* Where a right to answer is kept, or null: on an MCS kernel that is a reply object. */
sk_caller scene_caller(struct scene *s);

/* A thread that signals, and ends. */
void scene_signal(seL4_Word notification);

/* The end of a thread: it waits for what never comes. */
void scene_stop(void);

/* Does body(arg) trap? It runs elsewhere, so that the case goes on. */
bool scene_traps(struct scene *s, void (*body)(void *arg), void *arg);

/* The cases. */
struct scene_case {
    const char *name; /* a sentence that is true */
    const char *(*run)(struct scene *s);
};

extern const struct scene_case scene_cases[];
extern const unsigned scene_case_count;

/* Those of one kind of kernel: cases_mcs.c or cases_classic.c. */
extern const struct scene_case scene_more_cases[];
extern const unsigned scene_more_case_count;
