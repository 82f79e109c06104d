/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-562: a thread works on a local variable of a function that has returned */
/* EXPECT: nothing */
#include <selkie/rt/thread.h>

#include "../safety.h"
#include "caps.h"

static void work(void *arg)
{
    *(volatile long *)arg += 1;
}

/* BAD */
__attribute__((noinline)) static struct sk_thread *start(void)
{
    struct sk_thread *t = NULL;
    long job = given(7);
    sk_err err = sk_thread_start(work, &job, &(struct sk_thread_options){0}, &t);

    sk_assert(err == SK_OK);
    return t;
}

BAD
{
    sk_thread_join(start(), NULL);
}

/* GOOD */
__attribute__((noinline)) static struct sk_thread *start_on(long *job)
{
    struct sk_thread *t = NULL;
    sk_err err = sk_thread_start(work, job, &(struct sk_thread_options){0}, &t);

    sk_assert(err == SK_OK);
    return t;
}

GOOD
{
    long job = given(7);

    sk_thread_join(start_on(&job), NULL);
}
