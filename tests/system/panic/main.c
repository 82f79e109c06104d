/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>

SK_ROOT_TASK(bi)
{
    sk_panic("slot %d is %s", 7, "taken");
}
