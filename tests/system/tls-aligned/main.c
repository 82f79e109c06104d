/*
 * A thread-local variable aligned to 8 KiB, in all three places where TLS can be: on the first
 * stack, on a thread's stack, and in the heap.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>
#include <selkie/rt/tls.h>

#define ALIGNMENT 8192

static _Thread_local _Alignas(ALIGNMENT) volatile char aligned[3] = {1, 2, 3};
static _Thread_local volatile int number = 4;

static void check(void *arg)
{
    /* The compiler believes in the alignment; the address must not be its word. */
    uintptr_t address = (uintptr_t)aligned;

    __asm__("" : "+r"(address));
    sk_assert(address % ALIGNMENT == 0);
    sk_assert(aligned[0] == 1 && aligned[2] == 3 && number == 4);
    aligned[0] = 5;
    number = 6;
    *(uintptr_t *)arg = address;
}

static uintptr_t check_in_thread(void *tls)
{
    struct sk_thread *t;
    uintptr_t address;

    sk_assert(sk_thread_start(check, &address, &(struct sk_thread_options){.tls = tls}, &t) ==
              SK_OK);
    sk_thread_join(t, NULL);
    return address;
}

SK_ROOT_TASK(bi)
{
    uintptr_t address;
    char *room = malloc(sk_tls_size());

    check(&address);
    sk_puts("initial: aligned");
    check_in_thread(NULL);
    sk_puts("thread: aligned");
    address = check_in_thread(room);
    sk_assert(address - (uintptr_t)room < sk_tls_size());
    sk_puts("heap: aligned");
    free(room);
    return 0;
}
