/*
 * A panic that leaves a thread's function ends the thread and not the program; and a thread
 * without TLS can panic and catch.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/arch/rt/tls.h>
#include <selkie/rt/catch.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

static void name_drop(const char **name)
{
    sk_printf("drop %s\n", *name);
}

static void work(void *arg)
{
    __attribute__((cleanup(name_drop), unused)) const char *owned = arg;

    sk_panic("of %s", (const char *)arg);
}

static sk_err start_and_join(const char *name)
{
    struct sk_thread *thread;
    sk_outcome outcome;

    SK_TRY(sk_thread_start(work, (void *)name,
                           &(struct sk_thread_options){
                               .name = name,
                               .priority = seL4_MaxPrio - 1,
                           },
                           &thread));
    sk_thread_join(thread, &outcome);
    sk_printf("%s has ended: %s\n", name, outcome.message);
    return SK_OK;
}

__attribute__((noinline)) static sk_outcome catch_without_tls(void)
{
    uintptr_t was = (uintptr_t)__builtin_thread_pointer();

    sk_arch_thread_pointer_set(0);
    sk_outcome outcome = sk_catch(work, "a thread without TLS");
    sk_arch_thread_pointer_set(was);
    return outcome;
}

SK_ROOT_TASK(bi)
{
    if (start_and_join("the first thread") != SK_OK ||
        start_and_join("the second thread") != SK_OK) {
        return 1;
    }
    sk_outcome outcome = catch_without_tls();
    sk_printf("caught: %s\n", outcome.message);
    return 0;
}
