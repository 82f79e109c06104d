/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/coverage.h"

#include <stdio.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/gen/syscalls.h>

#include "core/cspace.h"
#include "core/ipc.h"
#include "recipe.h"

#define RESULTS   (seL4_NotEnoughMemory + 1)
#define SYSCALLS  11 /* those that are not for debugging */
#define ARGUMENTS 3

static const struct {
    const char *name;
    int number;
} syscalls[] = {
#define SYSCALL(name, number) {#name, number},
    SK_SYSCALLS(SYSCALL)};

static const char *const types[CAP_TYPE_COUNT] = {
    [CAP_NULL] = "null",
    [CAP_FRAME] = "frame",
    [CAP_UNTYPED] = "untyped",
    [CAP_PAGE_TABLE] = "page-table",
    [CAP_ENDPOINT] = "endpoint",
    [CAP_NOTIFICATION] = "notification",
    [CAP_REPLY] = "reply",
    [CAP_VSPACE] = "vspace",
    [CAP_CNODE] = "cnode",
    [CAP_ASID_CONTROL] = "asid-control",
    [CAP_TCB] = "tcb",
    [CAP_ASID_POOL] = "asid-pool",
    [CAP_IRQ_CONTROL] = "irq-control",
    [CAP_IRQ_HANDLER] = "irq-handler",
    [CAP_DOMAIN] = "domain",
    [CAP_SCHED_CONTEXT] = "sched-context",
    [CAP_SCHED_CONTROL] = "sched-control",
    [CAP_SGI_SIGNAL] = "sgi-signal",
};

static unsigned long results[RECIPE_LABELS + 1][RESULTS]; /* the last: labels without a name */
static struct {
    unsigned long target_good, target_bad, argument_good, argument_bad, message;
} of_type[CAP_TYPE_COUNT];
static struct {
    unsigned long made, at_once;
} calls[SYSCALLS];

/* The system call that is being made. */
static struct {
    const struct tcb *caller;
    uint64_t number;
    bool has_target;
    kcap target;
    uint64_t label;
    unsigned arguments;
    enum cap_type types[ARGUMENTS];
} now;

void coverage_before(struct kernel *k)
{
    struct tcb *t = k->current;
    const seL4_IPCBuffer *buffer = sk_host_ipc_buffer(k, t);
    uint64_t info = sk_arch_syscall_info(&t->context);
    struct lookup_failure why;
    const struct slot *s = sk_kcspace_slot(t, sk_arch_syscall_cptr(&t->context), &why);

    now.caller = t;
    now.number = -sk_arch_syscall_number(&t->context) - 1;
    now.has_target = s != NULL;
    now.target = s != NULL ? s->cap : (kcap){0};
    now.label = info_label(info) < RECIPE_LABELS ? info_label(info) : RECIPE_LABELS;
    now.arguments = 0;
    for (unsigned i = 0; buffer != NULL && i < info_extra_caps(info); i++) {
        s = sk_kcspace_slot(t, buffer->caps_or_badges[i], &why);
        if (s == NULL) {
            now.has_target = false; /* a fault, whatever the target is */
            return;
        }
        now.types[now.arguments++] = cap_type(s->cap);
    }
}

/* A message was sent, or could not be. */
static void count_message(void)
{
    bool is_reply = cap_type(now.target) == CAP_REPLY || cap_type(now.target) == CAP_SGI_SIGNAL;

    if (!is_reply && (cap_rights(now.target) & RIGHT_WRITE) == 0) {
        of_type[cap_type(now.target)].target_bad++;
        return;
    }
    of_type[cap_type(now.target)].target_good++;
    for (unsigned i = 0; i < now.arguments; i++) {
        if (cap_type(now.target) == CAP_ENDPOINT &&
            (cap_rights(now.target) & RIGHT_GRANT) != 0) {
            of_type[now.types[i]].message++;
        }
    }
}

static void count_invocation(unsigned result)
{
    bool is_good = result == seL4_NoError;

    results[now.label][result]++;
    *(is_good ? &of_type[cap_type(now.target)].target_good
              : &of_type[cap_type(now.target)].target_bad) += 1;
    for (unsigned i = 0; i < now.arguments && i < recipe_caps(now.label); i++) {
        *(is_good ? &of_type[now.types[i]].argument_good
                  : &of_type[now.types[i]].argument_bad) += 1;
    }
}

void coverage_after(void)
{
    bool is_at_once = now.caller->state == THREAD_RUNNING;
    uint64_t result = info_label(sk_arch_syscall_info(&now.caller->context));

    if (now.number >= SYSCALLS) {
        return;
    }
    calls[now.number].made++;
    calls[now.number].at_once += is_at_once;
    if (now.number != -(uint64_t)seL4_SysCall - 1 || !now.has_target) {
        return;
    }
    switch (cap_type(now.target)) {
    case CAP_ENDPOINT:
    case CAP_NOTIFICATION:
    case CAP_REPLY:
    case CAP_SGI_SIGNAL:
        count_message();
        break;
    default:
        if (is_at_once && result < RESULTS) {
            count_invocation((unsigned)result);
        }
        break;
    }
}

void coverage_print(void)
{
    for (unsigned i = 1; i <= RECIPE_LABELS; i++) {
        printf("cover %s", recipe_name(i));
        for (unsigned j = 0; j < RESULTS; j++) {
            printf(" %lu", results[i][j]);
        }
        printf("\n");
    }
    for (unsigned i = 0; i < CAP_TYPE_COUNT; i++) {
        if (types[i] != NULL) {
            printf("type %s %lu %lu %lu %lu %lu\n", types[i], of_type[i].target_good,
                   of_type[i].target_bad, of_type[i].argument_good, of_type[i].argument_bad,
                   of_type[i].message);
        }
    }
    for (unsigned i = 0; i < SYSCALLS; i++) {
        printf("calls %s %lu %lu\n", syscalls[i].name, calls[i].made, calls[i].at_once);
    }
}
