/*
 * Threads are started and joined in one call each: they have TLS, a stack and an IPC buffer of
 * their own, and what they had can be had again. A source that fails leaves nothing taken.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>
#include <stdint.h>

#include <selkie/config.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>
#include <selkie/rt/tls.h>

static _Thread_local int own = 5;
static _Thread_local _Alignas(64) char aligned[64];

struct job {
    int input;
    int output;
    struct sk_thread *self;
    seL4_IPCBuffer *buffer;
};

static void work(void *arg)
{
    struct job *job = arg;
    char local;

    sk_assert(own == 5);
    sk_assert((uintptr_t)aligned % 64 == 0);
    own += job->input;
    job->output = own;
    job->self = sk_thread_self();
    job->buffer = seL4_GetIPCBuffer();
    sk_assert((uintptr_t)&local - job->self->stack < job->self->stack_size);
}

static void run_one(int input, void *tls)
{
    struct job job = {.input = input};
    struct sk_thread *t;

    sk_assert(sk_thread_start(work, &job,
                              &(struct sk_thread_options){
                                  .name = "worker",
                                  .priority = 100,
                                  .tls = tls,
                              },
                              &t) == SK_OK);
    sk_thread_join(t, NULL);
    sk_assert(job.output == input + 5 && own == 5);
    sk_assert(job.self == t && job.buffer != seL4_GetIPCBuffer());
}

/* A source that lets so many calls succeed. */
struct failing {
    struct sk_source base;
    struct sk_source *real;
    int left;
    int taken; /* objects, slots and pages that were not given back */
};

static bool is_over(struct sk_source *self)
{
    return ((struct failing *)self)->left-- <= 0;
}

static struct sk_source *real_of(struct sk_source *self)
{
    return ((struct failing *)self)->real;
}

static sk_err count(struct sk_source *self, sk_err err, int taken)
{
    ((struct failing *)self)->taken += err == SK_OK ? taken : 0;
    return err;
}

static sk_err take_slots(struct sk_source *self, seL4_Word n, sk_slots *ret)
{
    if (is_over(self)) {
        return SK_ERR_NO_SLOT;
    }
    return count(self, real_of(self)->take_slots(real_of(self), n, ret), (int)n);
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    ((struct failing *)self)->taken -= (int)slots.count;
    real_of(self)->give_slots(real_of(self), slots);
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    if (is_over(self)) {
        return SK_ERR_NO_MEMORY;
    }
    return count(self, real_of(self)->make_object(real_of(self), what, into), 1);
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    ((struct failing *)self)->taken--;
    real_of(self)->free_object(real_of(self), what, at);
}

static sk_err take_pages(struct sk_source *self, seL4_Word n, uintptr_t *ret)
{
    if (is_over(self)) {
        return SK_ERR_NO_MEMORY;
    }
    return count(self, real_of(self)->take_pages(real_of(self), n, ret), (int)n);
}

static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word n)
{
    ((struct failing *)self)->taken -= (int)n;
    real_of(self)->give_pages(real_of(self), vaddr, n);
}

static sk_frame page_frame(struct sk_source *self, uintptr_t vaddr)
{
    return real_of(self)->page_frame(real_of(self), vaddr);
}

/* Start a thread that fails at the nth request to its source; the error it gives. */
static sk_err start_failing(int n, const struct sk_thread_options *options)
{
    struct failing failing = {
        .base = {.take_slots = take_slots,
                 .give_slots = give_slots,
                 .make_object = make_object,
                 .free_object = free_object,
                 .take_pages = take_pages,
                 .page_frame = page_frame,
                 .give_pages = give_pages},
        .real = sk_boot_source(),
        .left = n,
    };
    struct sk_thread_options changed = *options;
    struct job job = {0};
    struct sk_thread *t;

    changed.source = &failing.base;
    sk_err err = sk_thread_start(work, &job, &changed, &t);
    if (err == SK_OK) {
        sk_thread_join(t, NULL);
    }
    sk_assert(failing.taken == 0);
    return err;
}

/* The environment's source is the boot source, unless the program says another. */
static void choose_source(void)
{
    static struct sk_source other;
    struct sk_env env;

    sk_env_set_source(&other);
    sk_env_get(&env);
    sk_assert(env.source == &other);
    sk_env_set_source(NULL);
    sk_env_get(&env);
    sk_assert(env.source == sk_boot_source());
}

SK_ROOT_TASK(bi)
{
    static _Alignas(16) char room[4096];
    const struct sk_thread_options usual = {.priority = 1};
    const struct sk_thread_options too_high = {.priority = seL4_MaxPrio + 1};
    const struct sk_thread_options huge = {.stack_size = SIZE_MAX - 100};
    const struct sk_thread_options short_period = {.budget_us = 2000, .period_us = 1000};
    int requests = 0;

    choose_source();
    sk_assert(sk_tls_size() <= sizeof(room));
    run_one(3, NULL);
    run_one(4, room);

    seL4_Word slots = bi->empty.end;
    for (int i = 0; i < 200; i++) {
        run_one(i, NULL);
    }
    sk_assert(bi->empty.end == slots);
    sk_puts("200 threads used the same slots");

    while (start_failing(requests, &usual) != SK_OK) {
        requests++;
    }
    sk_printf("a thread makes %d requests, and each may fail\n", requests);
    sk_assert(start_failing(100, &too_high) == SK_ERR_RANGE);
    sk_assert(start_failing(100, &huge) == SK_ERR_NO_MEMORY);
    if (SK_CFG_KERNEL_MCS) {
        sk_assert(start_failing(100, &short_period) == SK_ERR_INVALID_ARGUMENT);
    }
    return 0;
}
