/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>

#include <selkie/arch/rt/machine.h>

#define MAX_STATUS 255

SK_NORETURN void sk_exit(int status)
{
    /* What the host would cut to eight bits must not come out as a pass. */
    sk_arch_exit(status >= 0 && status <= MAX_STATUS ? status : SK_EXIT_FAIL);
}
