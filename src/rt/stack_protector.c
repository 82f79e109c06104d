/*
 * What code compiled with -fstack-protector refers to. The guard is a constant until
 * rt has a source of entropy: it finds mistakes, and does not stop an attacker.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "start.h"

#include <stdint.h>

extern uintptr_t __stack_chk_guard;
SK_NORETURN void __stack_chk_fail(void);

/* The lowest byte is zero, so that a runaway string stops before it. */
uintptr_t __stack_chk_guard = 0x7d3a91c65be4f200;

SK_NORETURN void __stack_chk_fail(void)
{
    sk_panic_plain("panic: stack smashed: a function wrote past its local variables");
}
