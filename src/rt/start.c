/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

#include <stddef.h>
#include <stdint.h>

#include <selkie/arch/rt/tls.h>
#include <selkie/rt/main.h>
#include <selkie/rt/stack.h>
#include <selkie/rt/tls.h>

seL4_BootInfo *sk_boot_info;

__attribute__((weak)) void sk_boot_source_start(seL4_BootInfo *bi);

/* Not inlined: the caller has just changed where thread-local variables are. */
__attribute__((noinline)) SK_NORETURN static void run(seL4_BootInfo *bi)
{
    sk_boot_info = bi;
    seL4_SetIPCBuffer(bi->ipcBuffer);
    sk_image_protect(bi);
    if (sk_boot_source_start != NULL) {
        sk_boot_source_start(bi);
    }
    sk_start_run();
    sk_finish(sk_root_task(bi));
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
