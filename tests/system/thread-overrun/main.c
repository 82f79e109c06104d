/*
 * A write of a thread that runs up from its stack over its TLS, IPC buffer and record, to the
 * guard page behind them. The fault is reported with the thread's name, however many threads
 * there are.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/thread.h>

static void overrun(void *arg)
{
    char text[16];
    volatile char *to = text;

    (void)arg;
    __asm__("" : "+r"(to)); /* The compiler need not know what is overrun. */
    for (;;) {
        *to++ = 'x';
    }
}

static void idle(void *arg)
{
    (void)arg;
}

SK_ROOT_TASK(bi)
{
    struct sk_thread *t;

    for (int i = 0; i < 70; i++) {
        sk_assert(sk_thread_start(idle, NULL, &(struct sk_thread_options){.name = "idle"},
                                  &t) == SK_OK);
    }
    sk_assert(sk_thread_start(overrun, NULL, &(struct sk_thread_options){.name = "worker"},
                              &t) == SK_OK);
    sk_thread_join(t, NULL);
    return 0;
}
