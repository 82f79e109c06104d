/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/stack.h>

SK_ROOT_TASK(bi)
{
    const volatile char *stack = sk_root_stack;

    sk_printf("the lowest byte of the stack is %d\n", stack[SK_STACK_GUARD_SIZE]);
    sk_printf("the highest byte of the guard is %d\n", stack[SK_STACK_GUARD_SIZE - 1]);
    return 0;
}
