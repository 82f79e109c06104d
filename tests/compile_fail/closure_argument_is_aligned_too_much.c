/* ERROR: s argument is aligned too much */
/* ERROR: SK_JOB_ARG_ALIGN */
/* ERROR: SK_CLOSURE_ALIGN */
/* TWIN: s/_Alignas(32)/_Alignas(8)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/thread_pool.h>

struct line {
    _Alignas(32) char text[32];
};

SK_CLOSURE(show, struct line, line)
{
    line->text[0] = '>';
}

void submit(struct sk_thread_pool *pool, struct line line)
{
    sk_thread_pool_submit(pool, show, line);
}

sk_err start(struct line line, struct sk_thread **ret_thread)
{
    const struct sk_thread_options options = {0};

    return sk_closure_start(show, line, &options, ret_thread);
}
