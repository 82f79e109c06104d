/* SPDX-License-Identifier: BSD-2-Clause */
#include "threads.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#include "core/syscall.h"

/* Bits of the error code that x86-64 pushes for a page fault. */
#define PAGE_FAULT_WRITE 2u
#define PAGE_FAULT_FETCH 16u

static const char *const state_names[] = {
    [THREAD_INACTIVE] = "inactive",
    [THREAD_RUNNING] = "running",
    [THREAD_RESTART] = "restarting",
    [THREAD_ON_RECEIVE] = "waits to receive",
    [THREAD_ON_SEND] = "waits to send",
    [THREAD_ON_REPLY] = "waits for a reply",
    [THREAD_ON_NOTIFICATION] = "waits for a signal",
};

void sk_host_die(const struct kernel *k, const char *why)
{
    fprintf(stderr, "host kernel: %s\n", why);
    if (k == NULL) {
        abort();
    }
    for (const struct tcb *t = k->all_threads; t != NULL; t = t->all_next) {
        fprintf(stderr, "  thread \"%.*s\" %p, priority %u: %s\n", TCB_NAME_BYTES, t->name,
                (const void *)t, (unsigned)t->priority,
                t->state <= THREAD_ON_NOTIFICATION ? state_names[t->state] : "broken");
    }
    fprintf(stderr, "  console:\n%.*s\n", (int)k->machine.console_bytes, k->machine.console);
    abort();
}

void sk_host_fault(struct host_thread *self, uint64_t pc, uint64_t vaddr,
                   enum sk_host_access access, uint64_t status)
{
    sk_arch_set_pc(&self->tcb->context, pc);
    (void)sk_kernel_fault(self->team->k,
                          (struct fault){.label = seL4_Fault_VMFault,
                                         .words = {vaddr, access == SK_HOST_EXECUTE, status}});
    sk_host_go_on(self, pc);
}

static enum sk_host_access access_of(const ucontext_t *u)
{
    uint64_t error = (uint64_t)u->uc_mcontext.gregs[REG_ERR];

    return (error & PAGE_FAULT_FETCH) != 0   ? SK_HOST_EXECUTE
           : (error & PAGE_FAULT_WRITE) != 0 ? SK_HOST_WRITE
                                             : SK_HOST_READ;
}

/* Blocks until the kernel lets the thread go on, which an interrupted instruction allows. */
static void serve(int signal_number, siginfo_t *info, void *context)
{
    const ucontext_t *u = context;
    struct host_thread *self = sk_host_self;
    uint64_t vaddr = (uint64_t)(uintptr_t)info->si_addr;
    int saved_errno = errno;
    uint64_t status;

    if (self == NULL || self->is_inside || !sk_host_window_has(vaddr)) {
        /* Not ours: let it happen again, to who was there before. */
        signal(signal_number, SIG_DFL);
        if (self != NULL) {
            sigaction(signal_number, &self->team->old_action, NULL);
        }
        return;
    }
    self->is_inside = 1;
    if (!sk_host_window_fill(self->team->k, vaddr, access_of(u), &status)) {
        sk_host_fault(self, (uint64_t)u->uc_mcontext.gregs[REG_RIP], vaddr, access_of(u),
                      status);
        sk_arch_set_pc(&self->tcb->context, PC_AFTER);
    }
    self->is_inside = 0;
    errno = saved_errno;
}

void sk_host_catch_faults(struct team *team)
{
    struct sigaction action = {.sa_sigaction = serve, .sa_flags = SA_SIGINFO};

    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &team->old_action);
}
