/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>

SK_ROOT_TASK(bi)
{
    return 256;
}
