/*
 * The environment of a spawned task: all that it has, its auxiliary vector says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4runtime/auxv.h>
#include <selkie/arch/rt/tls.h>
#include <selkie/rt/env.h>
#include <selkie/rt/grant.h>
#include <selkie/rt/parent.h>
#include <selkie/rt/thread.h>
#include <selkie/rt/tls.h>

#include "../../args.h"
#include "../../start.h"

/* Only if the program wants grants. */
#pragma weak sk_grants_wanted
/* Only in programs with threads. */
__attribute__((weak)) struct sk_thread *sk_thread_self(void);

static struct sk_source *chosen;

static uint64_t value(unsigned type)
{
    return sk_aux_value(sk_args.aux, type, 0);
}

/* The slots of the CNode that nothing was put into. */
static sk_slots empty_slots(void)
{
    seL4_CPtr first = value(SK_AT_EMPTY_SLOT);

    if (first == seL4_CapNull || value(AT_SEL4_CNODE) == seL4_CapNull) {
        return (sk_slots){0};
    }
    return (sk_slots){
        sk_slot_at((sk_cnode){value(AT_SEL4_CNODE)}, first),
        ((seL4_Word)1 << value(SK_AT_CNODE_BITS)) - first,
    };
}

void sk_env_get(struct sk_env *ret_env)
{
    *ret_env = (struct sk_env){
        .boot_info = (seL4_BootInfo *)value(AT_SEL4_BOOT_INFO),
        .tcb = {value(AT_SEL4_TCB)},
        .cnode = {value(AT_SEL4_CNODE)},
        .vspace = {value(AT_SEL4_VSPACE)},
        .sched_control = {value(SK_AT_SCHED_CONTROL)},
        .asid_pool = {value(AT_SEL4_ASID_POOL)},
        .parent = {value(SK_AT_PARENT)},
        .cnode_bits = (unsigned)value(SK_AT_CNODE_BITS),
        .empty = empty_slots(),
        .source = chosen,
        .stack = value(SK_AT_STACK),
        .stack_size = value(SK_AT_STACK_SIZE),
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

/*
 * The task cannot end anybody else: it tells its parent, who does not answer. Whoever spawned
 * it by other means has told it what to do before.
 */
SK_NORETURN void sk_env_exit(int status)
{
    seL4_CPtr parent = value(SK_AT_PARENT);
    seL4_CPtr own = own_tcb();

    if (parent != seL4_CapNull) {
        seL4_SetMR(0, (seL4_Word)status);
        (void)seL4_Call(parent, seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1));
    }
    if (own != value(AT_SEL4_TCB)) {
        (void)seL4_TCB_Suspend(value(AT_SEL4_TCB));
    }
    /* Again if somebody makes it run again; not if this is no thread. */
    while (own != seL4_CapNull && seL4_TCB_Suspend(own) == seL4_NoError) {
    }
    __builtin_trap();
}

/* Not inlined: the caller has just changed where thread-local variables are. */
__attribute__((noinline)) SK_NORETURN static void run(void)
{
    seL4_SetIPCBuffer((seL4_IPCBuffer *)value(AT_SEL4_IPC_BUFFER_PTR));
    if (&sk_grants_wanted != NULL) {
        sk_grants_wanted.check(&sk_grants_wanted);
    }
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
