/*
 * What code compiled with -fstack-protector refers to. The guard is a constant
 * unless there is entropy: then it finds mistakes, and does not stop an attacker.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "start.h"

#include <stdint.h>

#include <selkie/rt/hooks.h>
#include <selkie/rt/stack.h>

extern uintptr_t __stack_chk_guard;
SK_NORETURN void __stack_chk_fail(void);

__attribute__((weak)) bool sk_hook_entropy(uint64_t *ret_bits);

static bool is_random;

/* The lowest byte is zero, so that a runaway string stops before it. */
uintptr_t __stack_chk_guard = 0x7d3a91c65be4f200;

void sk_stack_guard_seed(void)
{
    uint64_t bits;

    is_random = (sk_hook_entropy != NULL && sk_hook_entropy(&bits)) || sk_env_entropy(&bits);
    if (is_random) {
        __stack_chk_guard = bits & ~(uintptr_t)UINT8_MAX;
    }
}

bool sk_stack_guard_is_random(void)
{
    return is_random;
}

SK_NORETURN void __stack_chk_fail(void)
{
    sk_panic_plain(is_random
                       ? "panic: stack smashed: a function wrote past its local variables"
                       : "panic: stack smashed: a function wrote past its local variables "
                         "(the guard was not random)");
}
