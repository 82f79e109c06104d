/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/rt/main.h>

SK_ROOT_TASK(bi)
{
    sk_assert(bi->numNodes == 1);
    sk_assert(bi->numNodes == 0);
    return 0;
}
