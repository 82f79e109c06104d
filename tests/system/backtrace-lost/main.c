/*
 * A thread that has lost its frame pointer, and points it at the guard page: the handler must
 * not follow it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/rt/main.h>
#include <selkie/rt/stack.h>

SK_ROOT_TASK(bi)
{
    /* Does not come back, so that no clobber need be told. */
    __asm__ volatile("mov x29, %0\n str xzr, [%1]"
                     :
                     : "r"(sk_root_stack + 64), "r"((uintptr_t)0x123450));
    return 0;
}
