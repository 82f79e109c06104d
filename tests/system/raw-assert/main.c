/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>

SK_ROOT_TASK(bi)
{
    seL4_Assert(bi->numNodes == 0);
    return 0;
}
