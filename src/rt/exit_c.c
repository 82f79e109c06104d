/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>

#include "start.h"

SK_NORETURN void exit(int status)
{
    sk_finish(status);
}
