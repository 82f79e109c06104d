/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

#include <selkie/arch/rt/machine.h>

SK_NORETURN void sk_env_exit(int status)
{
    sk_arch_exit(status);
}
