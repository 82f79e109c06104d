/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/stack.h>

SK_ROOT_STACK(96 * 1024);

SK_ROOT_TASK(bi)
{
    volatile char large[80 * 1024];

    for (size_t i = 0; i < sizeof(large); i++) {
        large[i] = (char)i;
    }
    sk_printf("%zu bytes on a stack of %zu\n", sizeof(large),
              sk_root_stack_size - SK_STACK_GUARD_SIZE);
    return large[7] == 7 ? 0 : 1;
}
