/*
 * A panic of a thread ends that thread, and the program goes on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

static void work(void *arg)
{
    sk_panic("no %s today", (const char *)arg);
}

SK_ROOT_TASK(bi)
{
    struct sk_thread *t;
    sk_outcome outcome;

    sk_assert(sk_thread_start(work, "luck", &(struct sk_thread_options){.name = "loser"}, &t) ==
              SK_OK);
    sk_thread_join(t, &outcome);
    sk_printf("the thread ended: %s\n", outcome.message);
    return outcome.how == SK_PANICKED ? 0 : 1;
}
