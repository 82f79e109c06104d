/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/stack.h>

_Thread_local char volatile large[SK_ROOT_STACK_SIZE];

SK_ROOT_TASK(bi)
{
    return large[1];
}
