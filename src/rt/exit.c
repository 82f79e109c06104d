/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>

#include <stddef.h>

#include <selkie/rt/hooks.h>

#include "start.h"

#define MAX_STATUS 255

/* Only if the program has it. */
__attribute__((weak)) void sk_hook_exit(int status);

SK_NORETURN void sk_exit(int status)
{
    static bool is_ending;

    /* What the host would cut to eight bits must not come out as a pass. */
    if (status < 0 || status > MAX_STATUS) {
        status = SK_EXIT_FAIL;
    }
    /* A hook that ends the program itself, by a panic perhaps, is not called again. */
    if (sk_hook_exit != NULL && !__atomic_exchange_n(&is_ending, true, __ATOMIC_RELAXED)) {
        sk_hook_exit(status);
    }
    sk_env_exit(status);
}
