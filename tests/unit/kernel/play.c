/* SPDX-License-Identifier: BSD-2-Clause */
#include "play.h"

#include "core/ipc.h"

int play_open(void **state)
{
    *state = sk_host_open(PLAY_RAM);
    return *state == NULL;
}

int play_close(void **state)
{
    sk_host_close(*state);
    return 0;
}

uint64_t play_word(struct kernel *k, unsigned n)
{
    return sk_kipc_word(k->current, sk_host_ipc_buffer(k, k->current), n);
}

static void put_message(struct kernel *k, uint64_t cptr, struct message m)
{
    struct sk_arch_context *c = &k->current->context;
    seL4_IPCBuffer *buffer = sk_host_ipc_buffer(k, k->current);

    for (unsigned n = 0; n < m.length; n++) {
        if (n < SK_ARCH_MESSAGE_REGISTERS) {
            c->x[2 + n] = m.words[n];
        } else {
            buffer->msg[n] = m.words[n];
        }
    }
    for (unsigned n = 0; n < m.cap_count; n++) {
        buffer->caps_or_badges[n] = m.caps[n];
    }
    c->x[0] = cptr;
    c->x[1] = info_make(m.label, 0, m.cap_count, m.length);
}

struct played play_call(struct kernel *k, uint64_t cptr, struct message m)
{
    const struct sk_arch_context *c;

    put_message(k, cptr, m);
    sk_host_syscall(k, seL4_SysCall);
    c = &k->current->context;
    return (struct played){info_label(c->x[1]), info_length(c->x[1]), c->x[0]};
}

void play_send(struct kernel *k, uint64_t cptr, struct message m)
{
    put_message(k, cptr, m);
    sk_host_syscall(k, seL4_SysSend);
}

void play_receive(struct kernel *k, uint64_t cptr, uint64_t reply)
{
    k->current->context.x[0] = cptr;
    k->current->context.x[6] = reply;
    sk_host_syscall(k, seL4_SysRecv);
}

void play_reply_receive(struct kernel *k, uint64_t cptr, uint64_t reply, struct message m)
{
    put_message(k, cptr, m);
    k->current->context.x[6] = reply;
    sk_host_syscall(k, seL4_SysReplyRecv);
}

uint64_t play_untyped(struct kernel *k, unsigned size_bits)
{
    const seL4_BootInfo *info = sk_host_boot_info(k);

    for (uint64_t n = 0; n < info->untyped.end - info->untyped.start; n++) {
        if (!info->untypedList[n].isDevice && info->untypedList[n].sizeBits == size_bits) {
            return info->untyped.start + n;
        }
    }
    fail_msg("no untyped of %u bits", size_bits);
    return 0;
}

void play_make(struct kernel *k, uint64_t type, uint64_t size_bits, uint64_t slot)
{
    struct played p = play_call(k, play_untyped(k, 23),
                                (struct message){.label = UntypedRetype,
                                                 .length = 6,
                                                 .words = {type, size_bits, 0, 0, slot, 1},
                                                 .cap_count = 1,
                                                 .caps = {ROOT_CNODE}});

    assert_int_equal(p.label, seL4_NoError);
}

uint64_t play_copy(struct kernel *k, uint64_t from, uint64_t to, uint64_t rights,
                   uint64_t badge)
{
    return play_call(k, ROOT_CNODE,
                     (struct message){.label = badge != 0 ? CNodeMint : CNodeCopy,
                                      .length = badge != 0 ? 6 : 5,
                                      .words = {to, 64, from, 64, rights, badge},
                                      .cap_count = 1,
                                      .caps = {ROOT_CNODE}})
        .label;
}

uint64_t play_delete(struct kernel *k, uint64_t slot)
{
    return play_call(k, ROOT_CNODE,
                     (struct message){.label = CNodeDelete, .length = 2, .words = {slot, 64}})
        .label;
}

struct slot *play_slot(struct kernel *k, uint64_t slot)
{
    return cap_cnode_slots(k->current->slots[TCB_CSPACE].cap) + slot;
}

static void invoke(struct kernel *k, uint64_t cptr, struct message m)
{
    assert_int_equal(play_call(k, cptr, m).label, seL4_NoError);
}

void play_thread(struct kernel *k, uint64_t slot, uint64_t priority, bool is_passive)
{
    const seL4_BootInfo *info = sk_host_boot_info(k);

    play_make(k, seL4_TCBObject, 0, slot);
    play_make(k, seL4_SchedContextObject, seL4_MinSchedContextBits, slot + 1);
    invoke(k, slot,
           (struct message){.label = TCBConfigure,
                            .length = 3,
                            .cap_count = 3,
                            .caps = {ROOT_CNODE, ROOT_VSPACE, 0}});
    invoke(k, slot,
           (struct message){.label = TCBSetPriority,
                            .length = 1,
                            .words = {priority},
                            .cap_count = 1,
                            .caps = {ROOT_TCB}});
    invoke(k, info->schedcontrol.start,
           (struct message){.label = SchedControlConfigureFlags,
                            .length = 5,
                            .words = {1000, 1000},
                            .cap_count = 1,
                            .caps = {slot + 1}});
    if (!is_passive) {
        invoke(k, slot + 1,
               (struct message){.label = SchedContextBind, .cap_count = 1, .caps = {slot}});
    }
    invoke(k, slot, (struct message){.label = TCBResume});
}
