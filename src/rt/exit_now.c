/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>

SK_NORETURN void _Exit(int status)
{
    sk_exit(status);
}
