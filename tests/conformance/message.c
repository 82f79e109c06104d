/*
 * What a message carries: its tag and its words. IPC buffers that are missing or of no use
 * are in message_buffer.c, capabilities in cap_transfer.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* A word that no test sends. */
#define UNTOUCHED 0x5a5a5a5a5a5a5a5a

static void fill(seL4_Word first)
{
    for (int i = 0; i < seL4_MsgMaxLength; i++) {
        seL4_SetMR(i, first + (seL4_Word)i);
    }
}

static void blank(void)
{
    for (int i = 0; i < seL4_MsgMaxLength; i++) {
        seL4_SetMR(i, UNTOUCHED);
    }
}

/* Send a message with this tag and the words 1000, 1001, ... */
static void send_filled(void *arg)
{
    struct peer *self = arg;

    fill(1000);
    seL4_Send(self->cap, self->info);
    self->is_done = true;
}

/* Have another thread send such a message, and take it. Returns its tag. */
static seL4_MessageInfo_t exchange(seL4_MessageInfo_t info)
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = {.cap = endpoint, .info = info};

    thread_run(send_filled, &from, PEER_PRIORITY);
    blank();
    seL4_MessageInfo_t received = seL4_Recv(endpoint, NULL, make(seL4_ReplyObject));
    CHECK(from.is_done);
    return received;
}

static void check_words_up_to(int count)
{
    for (int i = 0; i < count; i++) {
        CHECK_EQ(seL4_GetMR(i), 1000 + (seL4_Word)i);
    }
}

TEST(message, can_be_empty, "Message Registers")
{
    CHECK_EQ(seL4_MessageInfo_get_length(exchange(message(0))), 0);
}

TEST(message, fits_the_registers, "Message Registers")
{
    CHECK_EQ(seL4_MessageInfo_get_length(exchange(message(4))), 4);
    check_words_up_to(4);
}

TEST(message, goes_on_in_the_ipc_buffer, "Message Registers")
{
    CHECK_EQ(seL4_MessageInfo_get_length(exchange(message(5))), 5);
    check_words_up_to(5);
}

TEST(message, has_up_to_120_words, "Message Registers")
{
    CHECK_EQ(seL4_MessageInfo_get_length(exchange(message(seL4_MsgMaxLength))),
             seL4_MsgMaxLength);
    check_words_up_to(seL4_MsgMaxLength);
}

TEST(message, is_cut_at_120_words, "Message Registers")
{
    for (seL4_Word length = seL4_MsgMaxLength + 1; length <= 127; length += 3) {
        seL4_CPtr endpoint = make(seL4_EndpointObject);
        struct peer to = receiver(endpoint);

        start_recv(&to);
        seL4_Send(endpoint, message(length));
        CHECK_EQ(seL4_MessageInfo_get_length(to.info), seL4_MsgMaxLength);
    }
}

TEST(message, leaves_words_beyond_its_length_alone, "Message Registers")
{
    exchange(message(6));
    for (int i = 6; i < seL4_MsgMaxLength; i++) {
        CHECK_EQ(seL4_GetMR(i), UNTOUCHED);
    }
}

TEST(message, has_a_label_that_is_not_interpreted, "Message Registers")
{
    const seL4_Word label = 0xfedcba9876543;

    CHECK_EQ(seL4_MessageInfo_get_label(exchange(seL4_MessageInfo_new(label, 0, 0, 0))), label);
}

TEST(message, does_not_carry_the_senders_caps_unwrapped_field, "Message Registers")
{
    seL4_MessageInfo_t info = exchange(seL4_MessageInfo_new(0, 7, 0, 1));

    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(info), 0);
}

TEST(message, leaves_the_tag_in_the_receivers_buffer_alone, "Message Registers")
{
    seL4_MessageInfo_t *tag = &seL4_GetIPCBuffer()->tag;

    tag->words[0] = UNTOUCHED;
    exchange(seL4_MessageInfo_new(9, 0, 0, 6));
    CHECK_EQ(*(volatile seL4_Word *)&tag->words[0], UNTOUCHED);
}

TEST(message, leaves_the_user_data_in_the_receivers_buffer_alone, "Message Registers")
{
    seL4_SetUserData(UNTOUCHED);
    exchange(message(seL4_MsgMaxLength));
    CHECK_EQ(seL4_GetUserData(), UNTOUCHED);
}

TEST(message, leaves_the_senders_buffer_alone, "Message Registers")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    fill(1000);
    seL4_Send(endpoint, message(seL4_MsgMaxLength));
    check_words_up_to(seL4_MsgMaxLength);
}

TEST(message, is_read_when_it_is_delivered, "Message Registers")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(endpoint, 0);

    from.info = message(6);
    start_send(&from);
    from.thread->ipc_buffer->msg[5] = 77;
    seL4_Wait(endpoint, NULL);
    CHECK_EQ(seL4_GetMR(5), 77);
}

static void answer_filled(void *arg)
{
    struct peer *self = arg;

    seL4_Recv(self->cap, &self->badge, self->reply);
    fill(1000);
    seL4_Send(self->reply, self->info);
}

/* Call another thread, which answers with this tag. Returns what arrives. */
static seL4_MessageInfo_t call_for(seL4_MessageInfo_t info)
{
    struct peer server = receiver(make(seL4_EndpointObject));

    server.info = info;
    thread_run(answer_filled, &server, PEER_PRIORITY);
    blank();
    return seL4_Call(server.cap, message(0));
}

TEST(message, has_up_to_120_words_in_an_answer, "Calling and Replying")
{
    CHECK_EQ(seL4_MessageInfo_get_length(call_for(message(seL4_MsgMaxLength))),
             seL4_MsgMaxLength);
    check_words_up_to(seL4_MsgMaxLength);
}

TEST(message, is_cut_at_120_words_in_an_answer, "Calling and Replying")
{
    CHECK_EQ(seL4_MessageInfo_get_length(call_for(message(127))), seL4_MsgMaxLength);
}

TEST(message, has_a_label_that_is_not_interpreted_in_an_answer, "Calling and Replying")
{
    const seL4_Word label = 0xfedcba9876543;

    CHECK_EQ(seL4_MessageInfo_get_label(call_for(seL4_MessageInfo_new(label, 0, 0, 0))), label);
}

TEST(message, does_not_carry_the_caps_unwrapped_field_of_an_answer, "Calling and Replying")
{
    seL4_MessageInfo_t info = call_for(seL4_MessageInfo_new(0, 7, 0, 5));

    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(info), 0);
    CHECK_EQ(seL4_MessageInfo_get_length(info), 5);
}

/* A machine that waits at an endpoint, with an IPC buffer. */
static struct machine start_waiting(seL4_CPtr endpoint)
{
    struct machine machine = machine_make(CODE(SVC, UNDEFINED));

    OK(seL4_TCB_SetIPCBuffer(machine.thread->tcb, (seL4_Word)machine.thread->ipc_buffer,
                             machine.thread->ipc_buffer_page));
    for (int i = 0; i < seL4_MsgMaxLength; i++) {
        machine.thread->ipc_buffer->msg[i] = UNTOUCHED;
    }
    machine.registers.x7 = (seL4_Word)seL4_SysWait;
    machine_start(&machine, endpoint);
    return machine;
}

TEST(message, leaves_the_room_of_the_registers_in_the_buffer_alone, "Message Registers")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct machine machine = start_waiting(endpoint);

    fill(1000);
    seL4_Send(endpoint, message(6));
    const volatile seL4_Word *words = machine.thread->ipc_buffer->msg;
    CHECK_EQ(words[0], UNTOUCHED);
    CHECK_EQ(words[3], UNTOUCHED);
    CHECK_EQ(words[4], 1004);
}

TEST(message, leaves_registers_beyond_its_length_alone, "Message Registers")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct machine machine = start_waiting(endpoint);

    fill(5000);
    seL4_Send(endpoint, message(2));
    seL4_UserContext registers = registers_of(machine.thread);
    CHECK_EQ(registers.x2, 5000);
    CHECK_EQ(registers.x3, 5001);
    CHECK_EQ(registers.x4, 1004);
    CHECK_EQ(registers.x5, 1005);
}

TEST(message, leaves_the_registers_of_the_sender_alone, "Message Registers")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct machine machine = machine_make(CODE(SVC, UNDEFINED));

    machine.registers.x1 = message(4).words[0];
    machine.registers.x7 = (seL4_Word)seL4_SysSend;
    machine_start(&machine, endpoint);
    seL4_Wait(endpoint, NULL);
    seL4_UserContext registers = registers_of(machine.thread);
    CHECK_EQ(registers.x0, endpoint);
    CHECK_EQ(registers.x1, message(4).words[0]);
    CHECK_EQ(registers.x2, 1002);
    CHECK_EQ(registers.x5, 1005);
    CHECK_EQ(registers.x6, 1006);
}

TEST(message, leaves_registers_that_carry_nothing_alone, "Message Registers")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct machine machine = start_waiting(endpoint);

    fill(5000);
    seL4_Send(endpoint, message(4));
    seL4_UserContext registers = registers_of(machine.thread);
    CHECK_EQ(registers.x6, machine.registers.x6);
    CHECK_EQ(registers.x8, machine.registers.x8);
    CHECK_EQ(registers.x16, machine.registers.x16);
    CHECK_EQ(registers.x30, machine.registers.x30);
    CHECK_EQ(registers.spsr & 0xf0000000, machine.registers.spsr & 0xf0000000);
}
