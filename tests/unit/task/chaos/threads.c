/* SPDX-License-Identifier: BSD-2-Clause */
#include "threads.h"

#include <selkie/rt/env.h>

#include "check.h"

#define MAX_THREADS 16
#define BUFFERS     0x30000ul

struct host_kernel threads_kernel;

static struct thread {
    struct sk_thread thread;
    seL4_CPtr ended;
} threads[MAX_THREADS];
static unsigned thread_count;
static seL4_CPtr never;
static _Thread_local struct sk_thread *self;

static sk_err take_slots(struct sk_source *source, seL4_Word count, sk_slots *ret_slots)
{
    (void)source;
    *ret_slots = (sk_slots){
        sk_slot_at((sk_cnode){threads_kernel.cnode}, threads_kernel.next_slot), count};
    return SK_OK;
}

static void give_slots(struct sk_source *source, sk_slots slots)
{
    (void)source;
    (void)slots;
}

static sk_err make_object(struct sk_source *source, sk_blueprint what, sk_slot into)
{
    (void)source;
    assert_int_equal(host_kernel_make(&threads_kernel, what.type, what.size_bits), into.index);
    return SK_OK;
}

static void free_object(struct sk_source *source, sk_blueprint what, sk_slot at)
{
    (void)source;
    (void)what;
    assert_int_equal(seL4_CNode_Delete(at.root.cptr, at.index, at.depth), seL4_NoError);
}

static struct sk_source source = {
    .take_slots = take_slots,
    .give_slots = give_slots,
    .make_object = make_object,
    .free_object = free_object,
};

struct sk_source *threads_source(void)
{
    return &source;
}

void sk_env_get(struct sk_env *ret_env)
{
    *ret_env = (struct sk_env){.tcb = {threads_kernel.tcb}, .source = &source};
}

void threads_boot(uint64_t seed)
{
    threads_kernel = host_kernel_boot_seeded(seed);
    thread_count = 0;
    never = host_kernel_make(&threads_kernel, seL4_NotificationObject, 0);
    self = NULL;
}

struct sk_thread *sk_thread_self(void)
{
    static struct sk_thread first;

    return self != NULL ? self : &first;
}

sk_outcome sk_catch(void (*fn)(void *arg), void *arg)
{
    fn(arg);
    return (sk_outcome){0};
}

static void enter(seL4_Word n)
{
    self = &threads[n].thread;
    self->fn(self->arg);
    seL4_Signal(threads[n].ended);
    seL4_Wait(never, NULL);
}

sk_err sk_thread_start(void (*fn)(void *arg), void *arg,
                       const struct sk_thread_options *options, struct sk_thread **ret_thread)
{
    struct thread *t = &threads[thread_count];

    assert_true(thread_count < MAX_THREADS);
    *t = (struct thread){.thread = {.fn = fn, .arg = arg}};
    t->ended = host_kernel_make(&threads_kernel, seL4_NotificationObject, 0);
    *ret_thread = &t->thread;
    t->thread.tcb =
        (sk_tcb){host_kernel_thread(&threads_kernel, enter, thread_count, options->priority,
                                    BUFFERS + thread_count * 0x1000, 0)};
    thread_count++;
    return SK_OK;
}

void sk_thread_join(struct sk_thread *t, sk_outcome *ret_outcome)
{
    seL4_Wait(((struct thread *)t)->ended, NULL);
    if (ret_outcome != NULL) {
        *ret_outcome = (sk_outcome){0};
    }
}
