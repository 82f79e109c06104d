/*
 * The runtime's start of a Microkit domain does the rest: TLS, the IPC buffer, what is linked
 * to be started, constructors, and main().
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../microkit.h"

SK_NORETURN void sk_stacked_start(void *stack);

SK_NORETURN void sk_microkit_enter(void *stack)
{
    sk_stacked_start(stack);
}
