/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

#include <stddef.h>
#include <stdint.h>

#include <selkie/arch/rt/tls.h>
#include <selkie/arch/rt/vspace.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/fault.h>
#include <selkie/rt/main.h>
#include <selkie/rt/stack.h>
#include <selkie/rt/tls.h>

/* The linker's list of constructors. */
typedef void constructor(void);
extern constructor *const __init_array_start[];
extern constructor *const __init_array_end[];

/* Only where the program is linked with it (selkie/rt/fault.h). */
__attribute__((weak)) void sk_fault_start(seL4_BootInfo *bi);

/* Not inlined: the caller has just changed where thread-local variables are. */
__attribute__((noinline)) SK_NORETURN static void run(seL4_BootInfo *bi)
{
    seL4_SetIPCBuffer(bi->ipcBuffer);
    if (sk_arch_page_unmap(sk_image_page(bi, sk_root_stack)) != seL4_NoError) {
        sk_panic_plain("panic: the stack's guard page cannot be unmapped");
    }
    if (sk_fault_start != NULL) {
        sk_fault_start(bi);
    }
    for (constructor *const *next = __init_array_start; next < __init_array_end; next++) {
        (*next)();
    }
    sk_exit(sk_root_task(bi));
}

SK_NORETURN void sk_root_start(seL4_BootInfo *bi)
{
    size_t tls_size = sk_tls_size();

    if (tls_size > (sk_root_stack_size - SK_STACK_GUARD_SIZE) / 2) {
        sk_panic_plain("panic: thread-local variables take over half the stack; "
                       "enlarge it by SK_ROOT_STACK(size)");
    }
    /* The first thread's TLS lies at the top of its stack, for as long as it runs. */
    sk_arch_thread_pointer_set(sk_tls_init(__builtin_alloca(tls_size)));
    run(bi);
}
