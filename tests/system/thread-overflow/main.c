/*
 * A thread runs out of its stack: its guard page stops it, and the handler says who it was.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/thread.h>

/* The volatile array keeps the compiler from making a loop of it. */
__attribute__((noinline)) static unsigned deeper(unsigned level)
{
    volatile char room[200];

    room[0] = (char)level;
    return level == 0 ? 0 : deeper(level - 1) + (unsigned)room[0];
}

static void work(void *arg)
{
    *(unsigned *)arg = deeper(100000);
}

SK_ROOT_TASK(bi)
{
    struct sk_thread *t;
    unsigned result;

    sk_assert(sk_thread_start(work, &result,
                              &(struct sk_thread_options){
                                  .name = "digger",
                                  .priority = 5,
                                  .stack_size = 8192,
                              },
                              &t) == SK_OK);
    sk_thread_join(t, NULL);
    return 0;
}
