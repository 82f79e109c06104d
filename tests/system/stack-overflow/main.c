/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/stack.h>

/* Uses the stack up in small steps; the last one to fit in must still be harmless. */
__attribute__((noinline)) static int dig(volatile int depth)
{
    volatile char hole[256];

    hole[0] = (char)depth;
    return depth == 0 ? hole[0] : dig(depth - 1) + hole[0];
}

SK_ROOT_TASK(bi)
{
    int fits = (int)(sk_root_stack_size - SK_STACK_GUARD_SIZE) / 512;

    (void)dig(fits);
    sk_printf("%d levels are fine\n", fits);
    (void)dig(1 << 20);
    sk_puts("this must not be printed");
    return 0;
}
