/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/invoke.h"

#include <sel4/config.h>
#include <sel4/invocation.h>
#include <selkie/gen/invocations.h>

#include "core/cspace.h"
#include "core/debug.h"
#include "core/fault.h"
#include "core/ipc.h"
#include "core/platform.h"
#include "object/endpoint.h"
#include "object/invocation.h"
#include "object/notification.h"
#include "object/reply.h"

#define NAME(label, kind, words, caps) [label] = #label,
static const char *const label_names[] = {SK_INVOCATIONS(NAME)};
#undef NAME

uint64_t sk_kinvocation_word(const struct invocation *i, unsigned n)
{
    return sk_kipc_word(i->caller, i->buffer, n);
}

/* Find the capabilities that the caller sends along. False: *ret_cptr is not in its CSpace. */
static bool find_extra(struct invocation *i, uint64_t count, uint64_t *ret_cptr,
                       struct lookup_failure *ret_why)
{
    if (i->buffer == 0) {
        return true;
    }
    for (; i->extra_count < count; i->extra_count++) {
        uint64_t cptr = i->buffer->caps_or_badges[i->extra_count];

        i->extra[i->extra_count] = sk_kcspace_slot(i->caller, cptr, ret_why);
        if (i->extra[i->extra_count] == 0) {
            *ret_cptr = cptr;
            return false;
        }
    }
    return true;
}

static seL4_Error send_to_endpoint(struct kernel *k, struct invocation *i, const struct send *s)
{
    uint64_t rights = cap_rights(i->cap);

    if ((rights & RIGHT_WRITE) == 0) {
        return sk_kerror_capability(k, 0);
    }
    i->has_answered = true;
    sk_kendpoint_send(k, i->caller,
                      (struct endpoint_send){
                          .endpoint = cap_object(i->cap),
                          .badge = cap_badge(i->cap),
                          .is_blocking = s->is_blocking,
                          .is_call = s->is_call,
                          .may_grant = (rights & RIGHT_GRANT) != 0,
                          .may_grant_reply = (rights & RIGHT_GRANT_REPLY) != 0,
                          .may_donate = s->may_donate,
                      });
    return seL4_NoError;
}

static seL4_Error signal(struct kernel *k, const struct invocation *i)
{
    if ((cap_rights(i->cap) & RIGHT_WRITE) == 0) {
        return sk_kerror_capability(k, 0);
    }
    sk_knotification_signal(k, cap_object(i->cap), cap_badge(i->cap));
    return seL4_NoError;
}

/* What half a system call cannot invoke: its caller might be in no state for the other half. */
static bool needs_whole_call(enum cap_type type)
{
    return type == CAP_TCB || type == CAP_CNODE || type == CAP_SCHED_CONTEXT ||
           type == CAP_SCHED_CONTROL;
}

static seL4_Error dispatch(struct kernel *k, struct invocation *i, const struct send *s)
{
    if (s->is_half && needs_whole_call(cap_type(i->cap))) {
        return sk_kerror_capability(k, 0);
    }
    switch (cap_type(i->cap)) {
    case CAP_ENDPOINT:
        return send_to_endpoint(k, i, s);
    case CAP_NOTIFICATION:
        return signal(k, i);
    case CAP_REPLY:
        sk_kreply_send(k, i->caller, cap_object(i->cap),
                       (cap_rights(i->cap) & RIGHT_GRANT) != 0);
        return seL4_NoError;
    case CAP_UNTYPED:
        return sk_kuntyped_invoke(k, i);
    case CAP_TCB:
        return sk_ktcb_invoke(k, i);
    case CAP_CNODE:
        return sk_kcnode_invoke(k, i);
    case CAP_SCHED_CONTEXT:
        return sk_ksched_context_invoke(k, i);
    case CAP_SCHED_CONTROL:
        return sk_ksched_control_invoke(k, i);
    case CAP_FRAME:
        return sk_kframe_invoke(k, i);
    case CAP_PAGE_TABLE:
        return sk_kpage_table_invoke(k, i);
    case CAP_VSPACE:
        return sk_kvspace_invoke(k, i);
    case CAP_ASID_CONTROL:
        return sk_kasid_control_invoke(k, i);
    case CAP_ASID_POOL:
        return sk_kasid_pool_invoke(k, i);
    case CAP_IRQ_CONTROL:
        return sk_kirq_control_invoke(k, i);
    case CAP_IRQ_HANDLER:
        return sk_kirq_handler_invoke(k, i);
    case CAP_DOMAIN:
        return sk_kdomain_invoke(k, i);
    case CAP_SGI_SIGNAL:
        sk_kplatform_sgi_raise(k, cap_sgi_irq(i->cap), cap_sgi_target(i->cap));
        return seL4_NoError;
    default: /* empty, or a zombie */
        return sk_kerror_capability(k, 0);
    }
}

static const char *label_name(uint64_t label)
{
    const char *name =
        label < sizeof(label_names) / sizeof(*label_names) ? label_names[label] : 0;

    return name != 0 ? name : "an unknown invocation";
}

static void answer(struct kernel *k, struct invocation *i, seL4_Error e)
{
    uint64_t words[6];

    if (e != seL4_NoError) {
        sk_kdebug_failed_invocation(
            k, cap_is_null(i->cap) ? "on an empty slot" : label_name(i->label), e);
    }
    if (!i->is_call || i->has_answered || i->caller->state != THREAD_RESTART) {
        return;
    }
    if (e == seL4_NoError) {
        sk_kipc_give(k, i->caller, 0, 0, i->results, i->result_count);
    } else {
        unsigned count = sk_kerror_words(k, e, words);

        sk_kipc_give(k, i->caller, 0, e, words, count);
    }
}

void sk_kinvoke_send(struct kernel *k, struct send s)
{
    struct tcb *t = k->current;
    uint64_t info = sk_arch_syscall_info(&t->context);
    uint64_t cptr = s.cptr;
    struct lookup_failure why;
    struct invocation i = {.caller = t, .is_call = s.is_call, .label = info_label(info)};
    seL4_Error e;

    i.slot = sk_kcspace_slot(t, s.cptr, &why);
    if (i.slot != 0) {
        i.cap = i.slot->cap;
        i.length = info_length(info);
        i.buffer = sk_kipc_buffer(k, t, false);
    }
    if (i.slot == 0 || !find_extra(&i, info_extra_caps(info), &cptr, &why)) {
        if (s.is_blocking) {
            sk_kfault_capability(k, t, cptr, false, why);
        }
        return;
    }
    if (i.buffer == 0 && i.length > SK_ARCH_MESSAGE_REGISTERS) {
        i.length = SK_ARCH_MESSAGE_REGISTERS;
    }
    /* Should the thread be stopped now, it makes the system call again when it is resumed. */
    t->state = THREAD_RESTART;
    e = dispatch(k, &i, &s);
    if (k->must_restart) {
        return;
    }
    answer(k, &i, e);
    if (t->state == THREAD_RESTART) {
        t->state = THREAD_RUNNING;
    }
}

/* The reply object that the running thread gives with a receive. False: it faulted. */
static bool find_reply(struct kernel *k, struct reply **ret_reply)
{
    struct tcb *t = k->current;
    uint64_t cptr = sk_arch_syscall_reply_cptr(&t->context);
    struct lookup_failure why = {0};
    const struct slot *s = sk_kcspace_slot(t, cptr, &why);

    if (s == 0 || cap_type(s->cap) != CAP_REPLY) {
        if (s != 0) {
            why = (struct lookup_failure){.type = seL4_MissingCapability};
        }
        sk_kfault_capability(k, t, cptr, true, why);
        return false;
    }
    *ret_reply = cap_object(s->cap);
    return true;
}

void sk_kinvoke_receive(struct kernel *k, uint64_t cptr, bool is_blocking, bool with_reply)
{
    struct tcb *t = k->current;
    struct lookup_failure why = {0};
    const struct slot *s = sk_kcspace_slot(t, cptr, &why);
    struct notification *n;
    struct reply *r = 0;

    if (s == 0) {
        sk_kfault_capability(k, t, cptr, true, why);
        return;
    }
    if (cap_type(s->cap) == CAP_ENDPOINT && (cap_rights(s->cap) & RIGHT_READ) != 0) {
        if (!with_reply || find_reply(k, &r)) {
            sk_kendpoint_receive(k, t, cap_object(s->cap), is_blocking, r);
        }
        return;
    }
    n = cap_object(s->cap);
    if (cap_type(s->cap) == CAP_NOTIFICATION && (cap_rights(s->cap) & RIGHT_READ) != 0 &&
        (n->bound_tcb == 0 || n->bound_tcb == t)) {
        sk_knotification_wait(k, t, n, is_blocking);
        return;
    }
    why = (struct lookup_failure){.type = seL4_MissingCapability};
    sk_kfault_capability(k, t, cptr, true, why);
}
