/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>
#include <selkie/rt/main.h>

SK_ROOT_TASK(bi)
{
    return SK_EXIT_FAIL;
}
