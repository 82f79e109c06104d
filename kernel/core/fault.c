/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/fault.h"

#include "core/budget.h"
#include "core/debug.h"
#include "core/ipc.h"
#include "core/sched.h"
#include "object/endpoint.h"

static void send(struct kernel *k, struct tcb *t, kcap handler, struct fault f, bool may_donate)
{
    t->fault = f;
    sk_kendpoint_send(k, t,
                      (struct endpoint_send){
                          .endpoint = cap_object(handler),
                          .badge = cap_badge(handler),
                          .is_blocking = true,
                          .is_call = true,
                          .may_grant = (cap_rights(handler) & RIGHT_GRANT) != 0,
                          .may_grant_reply = (cap_rights(handler) & RIGHT_GRANT_REPLY) != 0,
                          .may_donate = may_donate,
                      });
}

void sk_kfault_raise(struct kernel *k, struct tcb *t, struct fault f)
{
    kcap handler = t->slots[TCB_FAULT].cap;

    if (fault_is_handler(handler)) {
        send(k, t, handler, f, t->sched_context != 0);
        return;
    }
    sk_kdebug_unhandled_fault(k, t, &f);
    t->state = THREAD_INACTIVE;
}

void sk_kfault_capability(struct kernel *k, struct tcb *t, uint64_t cptr, bool is_receiving,
                          struct lookup_failure why)
{
    sk_kfault_raise(k, t,
                    (struct fault){.label = seL4_Fault_CapFault,
                                   .words = {cptr, is_receiving},
                                   .lookup = why});
}

bool sk_kfault_timeout(struct kernel *k, struct tcb *t)
{
    kcap handler = t->slots[TCB_TIMEOUT].cap;
    struct sched_context *sc = t->sched_context;

    if (!fault_is_handler(handler) || !sched_is_runnable(t)) {
        return false;
    }
    if (t->state == THREAD_RUNNING) {
        t->context.restart_pc = t->context.pc; /* its system call, if any, is done */
    }
    send(k, t, handler,
         (struct fault){.label = seL4_Fault_Timeout,
                        .words = {sc->badge, budget_us(sc->consumed)}},
         false);
    sc->consumed = 0;
    return true;
}

static unsigned capability_message(const struct tcb *t, uint64_t *words)
{
    words[seL4_CapFault_IP] = t->context.restart_pc;
    words[seL4_CapFault_Addr] = t->fault.words[0];
    words[seL4_CapFault_InRecvPhase] = t->fault.words[1];
    return seL4_CapFault_LookupFailureType +
           sk_kerror_lookup_words(&t->fault.lookup, words + seL4_CapFault_LookupFailureType);
}

unsigned sk_kfault_message(struct kernel *k, struct tcb *t, uint64_t words[FAULT_WORDS_MAX])
{
    const struct fault *f = &t->fault;

    (void)k;
    switch (f->label) {
    case seL4_Fault_CapFault:
        return capability_message(t, words);
    case seL4_Fault_UnknownSyscall:
        for (unsigned i = 0; i < SK_ARCH_SYSCALL_FAULT_WORDS; i++) {
            words[i] = sk_arch_syscall_fault_get(&t->context, i);
        }
        words[SK_ARCH_SYSCALL_FAULT_WORDS] = f->words[0];
        return SK_ARCH_SYSCALL_FAULT_WORDS + 1;
    case seL4_Fault_UserException:
        for (unsigned i = 0; i < SK_ARCH_EXCEPTION_FAULT_WORDS; i++) {
            words[i] = sk_arch_exception_fault_get(&t->context, i);
        }
        words[SK_ARCH_EXCEPTION_FAULT_WORDS] = f->words[0];
        words[SK_ARCH_EXCEPTION_FAULT_WORDS + 1] = f->words[1];
        return SK_ARCH_EXCEPTION_FAULT_WORDS + 2;
    case seL4_Fault_Timeout:
        words[0] = f->words[0];
        words[1] = f->words[1];
        return 2;
    default: /* a VM fault */
        words[seL4_VMFault_IP] = t->context.restart_pc;
        words[seL4_VMFault_Addr] = f->words[0];
        words[seL4_VMFault_PrefetchFault] = f->words[1];
        words[seL4_VMFault_FSR] = f->words[2];
        return seL4_VMFault_Length;
    }
}

static uint64_t at_most(uint64_t value, uint64_t limit)
{
    return value < limit ? value : limit;
}

bool sk_kfault_reply(struct kernel *k, struct tcb *from, struct tcb *t)
{
    uint64_t info = sk_arch_syscall_info(&from->context);
    const seL4_IPCBuffer *buffer = sk_kipc_buffer(k, from, false);
    uint64_t length =
        buffer != 0 ? info_length(info) : at_most(info_length(info), SK_ARCH_MESSAGE_REGISTERS);
    bool goes_on = info_label(info) == 0;

    switch (t->fault.label) {
    case seL4_Fault_UnknownSyscall:
        length = at_most(length, SK_ARCH_SYSCALL_FAULT_WORDS);
        for (unsigned i = 0; i < length; i++) {
            sk_arch_syscall_fault_set(&t->context, i, sk_kipc_word(from, buffer, i));
        }
        return goes_on;
    case seL4_Fault_UserException:
        length = at_most(length, SK_ARCH_EXCEPTION_FAULT_WORDS);
        for (unsigned i = 0; i < length; i++) {
            sk_arch_exception_fault_set(&t->context, i, sk_kipc_word(from, buffer, i));
        }
        return goes_on;
    case seL4_Fault_Timeout:
        length = at_most(length, SK_ARCH_USER_CONTEXT_WORDS - 2);
        for (unsigned i = 0; i < length; i++) {
            sk_arch_context_set(&t->context, i, sk_kipc_word(from, buffer, i));
        }
        return goes_on;
    default: /* capability and VM faults: the instruction is tried again */
        return true;
    }
}
