/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/stack.h>
#include <selkie/rt/tls.h>

SK_ROOT_STACK(64 * 1024);

_Thread_local int initialised = 42;
_Thread_local int zeroed[100];
_Thread_local __attribute__((aligned(8192))) char aligned[3] = "ok";
_Thread_local char last = 'z';

/* Where, in another thread's TLS, the variable is that lies at own in ours. */
static void *in_other(uintptr_t thread_pointer, const void *own)
{
    return (char *)thread_pointer + ((const char *)own - (char *)__builtin_thread_pointer());
}

/* Lay out the TLS of another thread in dirty room at each place that matters. */
static void check_other(char *room, size_t shift)
{
    size_t size = sk_tls_size();

    for (size_t i = 0; i < size + 16; i++) {
        room[shift + i] = '#';
    }

    uintptr_t thread_pointer = sk_tls_init(room + shift);
    const char *other = in_other(thread_pointer, aligned);
    const int *other_zeroed = in_other(thread_pointer, zeroed);

    sk_assert((uintptr_t)other % 8192 == 0);
    sk_assert(other[0] == 'o' && other[1] == 'k' && other[2] == '\0');
    sk_assert(*(int *)in_other(thread_pointer, &initialised) == 42);
    sk_assert(*(char *)in_other(thread_pointer, &last) == 'z');
    for (size_t i = 0; i < 100; i++) {
        sk_assert(other_zeroed[i] == 0);
    }
    sk_assert(room[shift + size] == '#');
}

SK_ROOT_TASK(bi)
{
    static char room[80 * 1024];

    sk_assert(initialised == 42 && last == 'z');
    sk_assert((uintptr_t)aligned % 8192 == 0 && aligned[1] == 'k');
    for (size_t i = 0; i < 100; i++) {
        sk_assert(zeroed[i] == 0);
    }
    sk_assert(seL4_GetIPCBuffer() == bi->ipcBuffer);

    initialised = 1;
    zeroed[99] = 1;
    aligned[0] = 'O';
    sk_assert(sk_tls_size() % 16 == 0);
    for (size_t shift = 0; shift <= 8192; shift += 1024) {
        check_other(room, shift);
    }
    sk_assert(initialised == 1 && zeroed[99] == 1 && aligned[0] == 'O');
    sk_puts("TLS is initialised, aligned and separate");
    return 0;
}
