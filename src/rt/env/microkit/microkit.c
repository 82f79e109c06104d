/*
 * The environment of a domain of a Microkit system. The addresses and numbers are part of
 * Microkit's ABI.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/tls.h>
#include <selkie/rt/env.h>
#include <selkie/rt/tls.h>

#include "../../args.h"
#include "../../start.h"

enum { CAP_VSPACE = 3 };

static struct sk_source *chosen;

void sk_env_get(struct sk_env *ret_env)
{
    *ret_env = (struct sk_env){.vspace = {CAP_VSPACE}, .source = chosen};
}

void sk_env_set_source(struct sk_source *source)
{
    chosen = source;
}

bool sk_env_entropy(uint64_t *ret_bits)
{
    (void)ret_bits;
    return false;
}

/* A domain cannot end. Its monitor reports the fault, and does not let it go on. */
SK_NORETURN void sk_env_exit(int status)
{
    (void)status;
    __builtin_trap();
}

/* Not inlined: the caller has just changed where thread-local variables are. */
__attribute__((noinline)) SK_NORETURN static void run(void)
{
    sk_start_run();
    sk_finish(sk_call_main());
}

/* Called by _start, on the stack that Microkit has mapped. */
SK_NORETURN void sk_stacked_start(void *stack)
{
    static char *nothing[] = {NULL};
    uintptr_t buffer = seL4_UserVSpaceTop & ~(((uintptr_t)1 << seL4_PageBits) - 1);

    (void)stack;
    sk_args = (struct sk_args){0, nothing, nothing, NULL};
    seL4_SetIPCBuffer((seL4_IPCBuffer *)buffer);
    if (sk_tls_size() != 0) {
        sk_arch_thread_pointer_set(sk_tls_init(__builtin_alloca(sk_tls_size())));
    }
    run();
}
