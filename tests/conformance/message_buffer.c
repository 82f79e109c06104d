/*
 * Messages between threads of which one has no IPC buffer that the kernel can use.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* What fits without an IPC buffer: the message registers of the machine. */
#define IN_REGISTERS 4

static void drop_buffer(const struct thread *thread)
{
    OK(seL4_TCB_SetIPCBuffer(thread->tcb, 0, seL4_CapNull));
}

/* A sender of six words, at an endpoint, ready to start. */
static struct peer sender_of_six(seL4_CPtr endpoint)
{
    struct peer from = peer(endpoint, 0);

    for (seL4_Word i = 0; i < PEER_WORDS; i++) {
        from.words[i] = 1000 + i;
    }
    from.info = message(PEER_WORDS);
    return from;
}

static void send_six(seL4_CPtr endpoint)
{
    for (int i = 0; i < PEER_WORDS; i++) {
        seL4_SetMR(i, 1000 + (seL4_Word)i);
    }
    seL4_Send(endpoint, message(PEER_WORDS));
}

TEST(message_buffer, that_the_sender_lacks_limits_the_message_to_registers, "Message Registers")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = sender_of_six(endpoint);

    prepare_send(&from);
    drop_buffer(from.thread);
    thread_start(from.thread);
    CHECK_EQ(seL4_MessageInfo_get_length(seL4_Wait(endpoint, NULL)), IN_REGISTERS);
    for (int i = 0; i < IN_REGISTERS; i++) {
        CHECK_EQ(seL4_GetMR(i), 1000 + (seL4_Word)i);
    }
}

TEST(message_buffer, that_the_receiver_lacks_limits_the_message_to_registers,
     "Message Registers")
{
    struct peer to = receiver(make(seL4_EndpointObject));

    prepare_recv(&to);
    drop_buffer(to.thread);
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(seL4_MessageInfo_get_length(to.info), IN_REGISTERS);
    for (int i = 0; i < IN_REGISTERS; i++) {
        CHECK_EQ(to.words[i], 1000 + (seL4_Word)i);
    }
}

TEST(message_buffer, that_a_receiver_lacks_is_not_written, "Message Registers")
{
    struct peer to = receiver(make(seL4_EndpointObject));

    to.words[4] = 44;
    to.words[5] = 55;
    prepare_recv(&to);
    drop_buffer(to.thread);
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(to.words[4], 44);
    CHECK_EQ(to.words[5], 55);
}

TEST(message_buffer, that_a_sender_lacks_keeps_its_capabilities_back, "Capability Transfer")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(endpoint, 0);
    seL4_SlotPos to = slot();

    from.caps[0] = MY_TCB;
    from.info = message_with_caps(1);
    prepare_send(&from);
    drop_buffer(from.thread);
    thread_start(from.thread);
    seL4_SetCapReceivePath(MY_CNODE, to, seL4_WordBits);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(seL4_Wait(endpoint, NULL)), 0);
    CHECK(is_empty(to));
}

TEST(message_buffer, that_a_receiver_lacks_keeps_capabilities_back, "Capability Transfer")
{
    struct peer to = receiver(make(seL4_EndpointObject));

    to.receive_slot = slot();
    prepare_recv(&to);
    drop_buffer(to.thread);
    thread_start(to.thread);
    seL4_SetCap(0, MY_TCB);
    seL4_Send(to.cap, message_with_caps(1));
    CHECK(to.is_done);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 0);
    CHECK(is_empty(to.receive_slot));
}

TEST(message_buffer, that_a_receiver_lacks_unwraps_nothing, "Capability Transfer")
{
    struct peer to = receiver(make(seL4_EndpointObject));

    prepare_recv(&to);
    drop_buffer(to.thread);
    thread_start(to.thread);
    seL4_SetCap(0, badged(to.cap, 5));
    seL4_Send(to.cap, message_with_caps(1));
    CHECK(to.is_done);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 0);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 0);
}

/* Give a thread a buffer of its own page, through a capability with these rights. */
static void use_page(const struct thread *thread, seL4_CPtr page, seL4_CapRights_t rights)
{
    OK(seL4_TCB_SetIPCBuffer(thread->tcb, PAGE_ADDRESS, copy_with_rights(page, rights)));
}

TEST(message_buffer, that_is_read_only_can_be_sent_from, "seL4_TCB_SetIPCBuffer")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = sender_of_six(endpoint);

    prepare_send(&from);
    OK(seL4_TCB_SetIPCBuffer(from.thread->tcb, (seL4_Word)from.thread->ipc_buffer,
                             copy_with_rights(from.thread->ipc_buffer_page, seL4_CanRead)));
    thread_start(from.thread);
    CHECK_EQ(seL4_MessageInfo_get_length(seL4_Wait(endpoint, NULL)), PEER_WORDS);
    CHECK_EQ(seL4_GetMR(5), 1005);
}

TEST(message_buffer, that_is_read_only_is_none_for_receiving, "seL4_TCB_SetIPCBuffer")
{
    struct peer to = receiver(make(seL4_EndpointObject));

    to.words[5] = 55;
    prepare_recv(&to);
    OK(seL4_TCB_SetIPCBuffer(to.thread->tcb, (seL4_Word)to.thread->ipc_buffer,
                             copy_with_rights(to.thread->ipc_buffer_page, seL4_CanRead)));
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(seL4_MessageInfo_get_length(to.info), IN_REGISTERS);
    CHECK_EQ(to.words[5], 55);
}

TEST(message_buffer, that_cannot_be_read_is_none_for_sending, "seL4_TCB_SetIPCBuffer")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = sender_of_six(endpoint);

    prepare_send(&from);
    OK(seL4_TCB_SetIPCBuffer(from.thread->tcb, (seL4_Word)from.thread->ipc_buffer,
                             copy_with_rights(from.thread->ipc_buffer_page, seL4_NoRights)));
    thread_start(from.thread);
    CHECK_EQ(seL4_MessageInfo_get_length(seL4_Wait(endpoint, NULL)), IN_REGISTERS);
}

TEST(message_buffer, need_not_be_mapped, "Message Registers")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);
    struct peer to = receiver(make(seL4_EndpointObject));

    prepare_recv(&to);
    use_page(to.thread, page, seL4_ReadWrite);
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(seL4_MessageInfo_get_length(to.info), PEER_WORDS);
    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    CHECK_EQ(((volatile seL4_IPCBuffer *)PAGE_ADDRESS)->msg[5], 1005);
}

TEST(message_buffer, stays_in_use_when_it_is_unmapped, "Message Registers")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);
    struct peer to = receiver(make(seL4_EndpointObject));

    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    prepare_recv(&to);
    use_page(to.thread, page, seL4_ReadWrite);
    OK(seL4_ARM_Page_Unmap(page));
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(seL4_MessageInfo_get_length(to.info), PEER_WORDS);
    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    CHECK_EQ(((volatile seL4_IPCBuffer *)PAGE_ADDRESS)->msg[4], 1004);
}

TEST(message_buffer, is_none_once_its_page_is_revoked, "Deletion and Revocation")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);
    struct peer to = receiver(make(seL4_EndpointObject));

    prepare_recv(&to);
    use_page(to.thread, page, seL4_ReadWrite);
    OK(seL4_CNode_Revoke(AT(page)));
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(seL4_MessageInfo_get_length(to.info), IN_REGISTERS);
}

TEST(message_buffer, can_lie_anywhere_in_its_page, "seL4_TCB_SetIPCBuffer")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);
    struct peer to = receiver(make(seL4_EndpointObject));
    const seL4_Word offset = 3 * sizeof(seL4_IPCBuffer);

    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    prepare_recv(&to);
    OK(seL4_TCB_SetIPCBuffer(to.thread->tcb, PAGE_ADDRESS + offset, copy_of(page)));
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(((volatile seL4_IPCBuffer *)(PAGE_ADDRESS + offset))->msg[5], 1005);
}

TEST(message_buffer, is_used_at_its_address_modulo_the_page_size, "seL4_TCB_SetIPCBuffer")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);
    struct peer to = receiver(make(seL4_EndpointObject));

    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    prepare_recv(&to);
    /* Not where the page is mapped. */
    OK(seL4_TCB_SetIPCBuffer(to.thread->tcb, 0x7000400, copy_of(page)));
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(((volatile seL4_IPCBuffer *)(PAGE_ADDRESS + 0x400))->msg[5], 1005);
}

TEST(message_buffer, is_looked_for_when_the_message_is_delivered, "Message Registers")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = sender_of_six(endpoint);

    start_send(&from);
    drop_buffer(from.thread);
    CHECK_EQ(seL4_MessageInfo_get_length(seL4_Wait(endpoint, NULL)), IN_REGISTERS);
}

TEST(message_buffer, can_lie_in_a_large_page, "seL4_TCB_SetIPCBuffer")
{
    seL4_CPtr page = make(seL4_ARM_LargePageObject);
    struct peer to = receiver(make(seL4_EndpointObject));
    const seL4_Word offset = 0x123400;

    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    prepare_recv(&to);
    OK(seL4_TCB_SetIPCBuffer(to.thread->tcb, PAGE_ADDRESS + offset, copy_of(page)));
    thread_start(to.thread);
    send_six(to.cap);
    CHECK_EQ(((volatile seL4_IPCBuffer *)(PAGE_ADDRESS + offset))->msg[5], 1005);
}

TEST(message_buffer, can_be_shared_by_two_threads, "Message Registers")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);
    struct peer from = sender_of_six(make(seL4_EndpointObject));
    struct peer to = receiver(from.cap);

    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    volatile seL4_IPCBuffer *buffer = (volatile seL4_IPCBuffer *)PAGE_ADDRESS;
    buffer->msg[4] = 44;
    buffer->msg[5] = 55;
    prepare_send(&from);
    prepare_recv(&to);
    use_page(from.thread, page, seL4_ReadWrite);
    use_page(to.thread, page, seL4_ReadWrite);
    thread_start(to.thread);
    thread_start(from.thread);
    CHECK_EQ(seL4_MessageInfo_get_length(to.info), PEER_WORDS);
    CHECK_EQ(buffer->msg[5], 55);
}
