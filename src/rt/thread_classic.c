/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

/* Every thread has its time slice. */
sk_err sk_thread_give_time(struct sk_thread *t, const struct sk_env *env,
                           const struct sk_thread_options *options)
{
    (void)t;
    (void)env;
    (void)options;
    return SK_OK;
}

void sk_thread_take_time(struct sk_thread *t)
{
    (void)t;
}
