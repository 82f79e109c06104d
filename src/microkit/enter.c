/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

/* The linker script's list of constructors. */
typedef void function(void);
extern function *const __init_array_start[];
extern function *const __init_array_end[];

/* The buffer is the last page, behind the stack's guard. */
SK_NORETURN void sk_microkit_enter(void *stack)
{
    seL4_SetIPCBuffer((seL4_IPCBuffer *)((uintptr_t)stack + ((uintptr_t)1 << seL4_PageBits)));
    for (function *const *next = __init_array_start; next < __init_array_end; next++) {
        (*next)();
    }
    main();
}
