/* ERROR: a job's argument is too large */
/* TWIN: s/char text.57.;/char text[56];/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/thread_pool.h>

struct line {
    char text[57];
};

SK_CLOSURE(show, struct line, line)
{
    line->text[0] = '>';
}

void submit(struct sk_thread_pool *pool, struct line line)
{
    sk_thread_pool_submit(pool, show, line);
}
