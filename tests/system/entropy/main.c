/*
 * A root task that has entropy, from its own hook, is protected by a guard that nobody can
 * guess, and whose lowest byte ends a runaway string.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/rt/hooks.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/stack.h>

extern uintptr_t __stack_chk_guard;

static int calls;

SK_ON_ENTROPY(ret_bits)
{
    calls++;
    *ret_bits = 0x1122334455667788;
    return true;
}

/* Has something to protect, so that there is a guard. */
__attribute__((noinline)) static char look(volatile int at)
{
    volatile char text[16] = "protected";

    return text[at];
}

SK_ROOT_TASK(bi)
{
    sk_assert(look(2) == 'o');
    sk_assert(calls == 1 && sk_stack_guard_is_random());
    sk_printf("the guard is 0x%lx\n", __stack_chk_guard);
    return 0;
}
