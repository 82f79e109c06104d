/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/ipc.h"

#include <selkie/arch/kernel/paging.h>

#include "core/cspace.h"
#include "core/derive.h"
#include "core/fault.h"
#include "core/queue.h"
#include "object/cnode.h"
#include "object/reply.h"

seL4_IPCBuffer *sk_kipc_buffer(struct kernel *k, const struct tcb *t, bool for_writing)
{
    kcap c = t->slots[TCB_BUFFER].cap;
    uint64_t needed = for_writing ? RIGHT_READ | RIGHT_WRITE : RIGHT_READ;
    uint64_t offset;

    if (cap_type(c) != CAP_FRAME || cap_frame_is_device(c) ||
        (cap_rights(c) & needed) != needed) {
        return 0;
    }
    offset = t->buffer_vaddr & ((1ull << sk_arch_frame_bits(cap_frame_size_class(c))) - 1);
    return sk_arch_phys(&k->machine, cap_addr(c) + offset);
}

uint64_t sk_kipc_word(struct tcb *t, const seL4_IPCBuffer *buffer, unsigned n)
{
    if (n < SK_ARCH_MESSAGE_REGISTERS) {
        return sk_arch_message_registers(&t->context)[n];
    }
    return buffer != 0 ? buffer->msg[n] : 0;
}

static uint64_t put_words(struct kernel *k, struct tcb *t, const uint64_t *words,
                          unsigned count)
{
    seL4_IPCBuffer *buffer = count > SK_ARCH_MESSAGE_REGISTERS ? sk_kipc_buffer(k, t, true) : 0;
    uint64_t *registers = sk_arch_message_registers(&t->context);
    unsigned i;

    for (i = 0; i < count && i < SK_ARCH_MESSAGE_REGISTERS; i++) {
        registers[i] = words[i];
    }
    for (; buffer != 0 && i < count; i++) {
        buffer->msg[i] = words[i];
    }
    return i;
}

void sk_kipc_give(struct kernel *k, struct tcb *t, uint64_t badge, uint64_t label,
                  const uint64_t *words, unsigned count)
{
    uint64_t length = put_words(k, t, words, count);

    sk_arch_set_badge(&t->context, badge);
    sk_arch_set_info(&t->context, info_make(label, 0, 0, length));
}

static uint64_t copy_words(struct kernel *k, struct tcb *from, struct tcb *to, uint64_t length)
{
    const uint64_t *source = sk_arch_message_registers(&from->context);
    uint64_t *target = sk_arch_message_registers(&to->context);
    const seL4_IPCBuffer *out;
    seL4_IPCBuffer *in;
    uint64_t i;

    for (i = 0; i < SK_ARCH_MESSAGE_REGISTERS && i < length; i++) {
        target[i] = source[i];
    }
    if (length <= SK_ARCH_MESSAGE_REGISTERS) {
        return length;
    }
    out = sk_kipc_buffer(k, from, false);
    in = sk_kipc_buffer(k, to, true);
    if (out == 0 || in == 0) {
        return SK_ARCH_MESSAGE_REGISTERS;
    }
    for (; i < length; i++) {
        in->msg[i] = out->msg[i];
    }
    return length;
}

/* The receive slot that to named in its buffer; null if there is none, or it is taken. */
static struct slot *receive_slot(const struct tcb *to, const seL4_IPCBuffer *in)
{
    struct lookup_failure why;
    struct slot *root = sk_kcspace_slot(to, in->receiveCNode, &why);
    struct cspace_lookup l;

    if (root == 0 || in->receiveDepth < 1 || in->receiveDepth > 64) {
        return 0;
    }
    l = sk_kcspace_resolve(root->cap, in->receiveIndex, in->receiveDepth);
    return l.slot != 0 && l.bits_left == 0 && cap_is_null(l.slot->cap) ? l.slot : 0;
}

/* Returns unwrapped and extra_caps of the receiver's message info, in place. */
static uint64_t transfer_caps(const struct tcb *from, const struct endpoint *ep, struct tcb *to,
                              const seL4_IPCBuffer *out, seL4_IPCBuffer *in, uint64_t count)
{
    struct slot *destination = receive_slot(to, in);
    uint64_t unwrapped = 0;
    uint64_t i;

    for (i = 0; i < count; i++) {
        struct lookup_failure why;
        struct slot *source = sk_kcspace_slot(from, out->caps_or_badges[i], &why);
        kcap derived;

        if (source == 0) {
            break;
        }
        if (cap_type(source->cap) == CAP_ENDPOINT && ep != 0 && cap_object(source->cap) == ep) {
            in->caps_or_badges[i] = cap_badge(source->cap);
            unwrapped |= 1ull << i;
            continue;
        }
        if (destination == 0 ||
            sk_kcnode_derive(source, source->cap, &derived) != seL4_NoError ||
            cap_is_null(derived)) {
            break;
        }
        sk_kcnode_insert(source, destination, derived);
        destination = 0;
    }
    return info_make(0, unwrapped, i, 0);
}

static void transfer_message(struct kernel *k, struct tcb *from, const struct endpoint *ep,
                             uint64_t badge, bool may_grant, struct tcb *to)
{
    uint64_t info = sk_arch_syscall_info(&from->context);
    uint64_t length = copy_words(k, from, to, info_length(info));
    uint64_t caps = 0;

    if (may_grant && info_extra_caps(info) != 0) {
        const seL4_IPCBuffer *out = sk_kipc_buffer(k, from, false);
        seL4_IPCBuffer *in = sk_kipc_buffer(k, to, true);

        if (out != 0 && in != 0) {
            caps = transfer_caps(from, ep, to, out, in, info_extra_caps(info));
        }
    }
    sk_arch_set_info(&to->context, info_make(info_label(info), 0, 0, length) | caps);
    sk_arch_set_badge(&to->context, badge);
}

void sk_kipc_transfer(struct kernel *k, struct tcb *from, const struct endpoint *ep,
                      uint64_t badge, bool may_grant, struct tcb *to)
{
    if (from->fault.label == seL4_Fault_NullFault) {
        transfer_message(k, from, ep, badge, may_grant, to);
    } else {
        uint64_t words[FAULT_WORDS_MAX];
        unsigned count = sk_kfault_message(k, from, words);

        sk_kipc_give(k, to, badge, from->fault.label, words, count);
    }
}

void sk_kipc_leave(struct thread_queue *q, struct tcb *t)
{
    queue_remove(q, t);
    sk_kreply_unlink(t);
    t->fault = (struct fault){0};
    t->waits_on = 0;
    t->state = THREAD_INACTIVE;
}

void sk_kipc_cancel(struct kernel *k, struct tcb *t)
{
    switch (t->state) {
    case THREAD_ON_RECEIVE:
    case THREAD_ON_SEND:
        sk_kipc_leave(&((struct endpoint *)t->waits_on)->queue, t);
        break;
    case THREAD_ON_NOTIFICATION:
        sk_kipc_leave(&((struct notification *)t->waits_on)->queue, t);
        break;
    case THREAD_ON_REPLY:
        sk_kreply_forget(k, t->reply);
        t->fault = (struct fault){0};
        t->state = THREAD_INACTIVE;
        break;
    default:
        break;
    }
}
