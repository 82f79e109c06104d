/*
 * The environment of a spawned task: all that it has, its auxiliary vector says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4runtime/auxv.h>
#include <selkie/arch/rt/tls.h>
#include <selkie/rt/env.h>
#include <selkie/rt/thread.h>
#include <selkie/rt/tls.h>

#include "../../args.h"
#include "../../start.h"

/* Only in programs with threads. */
__attribute__((weak)) struct sk_thread *sk_thread_self(void);

static struct sk_source *chosen;

static uint64_t value(unsigned type)
{
    return sk_aux_value(sk_args.aux, type, 0);
}

void sk_env_get(struct sk_env *ret_env)
{
    *ret_env = (struct sk_env){
        .boot_info = (seL4_BootInfo *)value(AT_SEL4_BOOT_INFO),
        .tcb = {value(AT_SEL4_TCB)},
        .cnode = {value(AT_SEL4_CNODE)},
        .vspace = {value(AT_SEL4_VSPACE)},
        .sched_control = {value(SK_AT_SCHED_CONTROL)},
        .source = chosen,
    };
}

void sk_env_set_source(struct sk_source *source)
{
    chosen = source;
}

bool sk_env_entropy(uint64_t *ret_bits)
{
    const uint64_t *random = (const uint64_t *)value(SK_AT_RANDOM);

    if (random != NULL) {
        *ret_bits = *random;
    }
    return random != NULL;
}

/* The capability of the calling thread: of the first unless the program has others. */
static seL4_CPtr own_tcb(void)
{
    seL4_CPtr own =
        sk_thread_self != NULL ? sk_thread_self()->tcb.cptr : (seL4_CPtr)seL4_CapNull;

    return own != seL4_CapNull ? own : value(AT_SEL4_TCB);
}

/* The task cannot end anybody else. Whoever spawned it has told it what to do before. */
SK_NORETURN void sk_env_exit(int status)
{
    seL4_CPtr own = own_tcb();

    (void)status;
    if (own != value(AT_SEL4_TCB)) {
        (void)seL4_TCB_Suspend(value(AT_SEL4_TCB));
    }
    while (own != seL4_CapNull) {
        (void)seL4_TCB_Suspend(own);
    }
    __builtin_trap();
}

/* Not inlined: the caller has just changed where thread-local variables are. */
__attribute__((noinline)) SK_NORETURN static void run(void)
{
    seL4_SetIPCBuffer((seL4_IPCBuffer *)value(AT_SEL4_IPC_BUFFER_PTR));
    sk_start_run();
    sk_finish(sk_call_main());
}

/* Where the auxiliary vector starts: behind the NULL that ends the environment. */
static const struct sk_aux *aux_behind(char **envp)
{
    while (*envp != NULL) {
        envp++;
    }
    return (const struct sk_aux *)(envp + 1);
}

/* Called by _start: the stack begins with the number of arguments, and the arguments follow. */
SK_NORETURN void sk_stacked_start(void *stack)
{
    int argc = (int)*(uint64_t *)stack;
    char **argv = (char **)stack + 1;
    char **envp = argv + argc + 1;

    sk_args = (struct sk_args){argc, argv, envp, aux_behind(envp)};
    sk_arch_thread_pointer_set(sk_tls_init(__builtin_alloca(sk_tls_size())));
    run();
}
