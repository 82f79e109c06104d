/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>

SK_ROOT_TASK(bi)
{
    /* More bits than our CNode has: the lookup itself fails, and that is a fault. */
    seL4_Send((seL4_CPtr)1 << 40, seL4_MessageInfo_new(0, 0, 0, 0));
    return 0;
}
