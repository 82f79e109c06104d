/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>

#include "start.h"

SK_NORETURN void abort(void)
{
    sk_panic_plain("panic: abort() was called");
}
