/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>

#include <selkie/arch/rt/machine.h>

SK_NORETURN void sk_exit(int status)
{
    sk_arch_exit(status);
}
