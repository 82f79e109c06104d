/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>

SK_ROOT_TASK(bi)
{
    int (*volatile nowhere)(void) = (int (*)(void))0x1230;

    return nowhere();
}
