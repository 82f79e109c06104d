/* SPDX-License-Identifier: BSD-2-Clause */
#include "ipc_help.h"

#include <selkie/arch/rt/thread.h>

seL4_MessageInfo_t message(seL4_Word length)
{
    return seL4_MessageInfo_new(0, 0, 0, length);
}

seL4_MessageInfo_t message_with_caps(seL4_Word caps)
{
    return seL4_MessageInfo_new(0, 0, caps, 0);
}

struct peer peer(seL4_CPtr cap, seL4_Word word)
{
    return (struct peer){
        .cap = cap, .priority = PEER_PRIORITY, .info = message(1), .words = {word}};
}

struct peer receiver(seL4_CPtr cap)
{
    return (struct peer){
        .cap = cap, .priority = PEER_PRIORITY, .reply = make(seL4_ReplyObject)};
}

static seL4_MessageInfo_t load(const struct peer *self)
{
    for (int i = 0; i < PEER_WORDS; i++) {
        seL4_SetMR(i, self->words[i]);
    }
    for (int i = 0; i < 3; i++) {
        seL4_SetCap(i, self->caps[i]);
    }
    if (self->receive_slot != 0) {
        seL4_SetCapReceivePath(MY_CNODE, self->receive_slot, seL4_WordBits);
    }
    return self->info;
}

static void store(struct peer *self, seL4_MessageInfo_t info, seL4_Word badge)
{
    self->info = info;
    self->badge = badge;
    for (int i = 0; i < PEER_WORDS; i++) {
        self->words[i] = seL4_GetMR(i);
    }
    for (int i = 0; i < 3; i++) {
        self->caps[i] = seL4_GetBadge(i);
    }
    self->returns++;
    self->is_done = true;
}

static void run_send(void *arg)
{
    struct peer *self = arg;

    seL4_Send(self->cap, load(self));
    self->returns++;
    self->is_done = true;
}

static void run_nbsend(void *arg)
{
    struct peer *self = arg;

    seL4_NBSend(self->cap, load(self));
    self->returns++;
    self->is_done = true;
}

static void run_call(void *arg)
{
    struct peer *self = arg;

    store(self, seL4_Call(self->cap, load(self)), 0);
}

static void run_recv(void *arg)
{
    struct peer *self = arg;
    seL4_Word badge = 0;

    load(self);
    seL4_MessageInfo_t info = seL4_Recv(self->cap, &badge, self->reply);
    store(self, info, badge);
}

static void run_nbrecv(void *arg)
{
    struct peer *self = arg;
    seL4_Word badge = 0;

    load(self);
    seL4_MessageInfo_t info = seL4_NBRecv(self->cap, &badge, self->reply);
    store(self, info, badge);
}

static void run_wait(void *arg)
{
    struct peer *self = arg;
    seL4_Word badge = 0;

    load(self);
    seL4_MessageInfo_t info = seL4_Wait(self->cap, &badge);
    store(self, info, badge);
}

static void run_reply_recv(void *arg)
{
    struct peer *self = arg;
    seL4_Word badge = 0;
    seL4_MessageInfo_t info = seL4_ReplyRecv(self->cap, load(self), &badge, self->reply);

    store(self, info, badge);
}

static void run_nbsend_recv(void *arg)
{
    struct peer *self = arg;
    seL4_Word badge = 0;
    seL4_MessageInfo_t info =
        seL4_NBSendRecv(self->other, load(self), self->cap, &badge, self->reply);

    store(self, info, badge);
}

static void run_nbsend_wait(void *arg)
{
    struct peer *self = arg;
    seL4_Word badge = 0;
    seL4_MessageInfo_t info = seL4_NBSendWait(self->other, load(self), self->cap, &badge);

    store(self, info, badge);
}

static void prepare(struct peer *self, void (*body)(void *arg))
{
    self->thread = thread_make(body, self, self->priority);
}

static void start(struct peer *self, void (*body)(void *arg))
{
    prepare(self, body);
    thread_start(self->thread);
}

void start_send(struct peer *self)
{
    start(self, run_send);
}

void start_nbsend(struct peer *self)
{
    start(self, run_nbsend);
}

void start_call(struct peer *self)
{
    start(self, run_call);
}

void start_recv(struct peer *self)
{
    start(self, run_recv);
}

void start_nbrecv(struct peer *self)
{
    start(self, run_nbrecv);
}

void start_wait(struct peer *self)
{
    start(self, run_wait);
}

void start_reply_recv(struct peer *self)
{
    start(self, run_reply_recv);
}

void start_nbsend_recv(struct peer *self)
{
    start(self, run_nbsend_recv);
}

void start_nbsend_wait(struct peer *self)
{
    start(self, run_nbsend_wait);
}

void prepare_send(struct peer *self)
{
    prepare(self, run_send);
}

void prepare_nbsend(struct peer *self)
{
    prepare(self, run_nbsend);
}

void prepare_call(struct peer *self)
{
    prepare(self, run_call);
}

void prepare_recv(struct peer *self)
{
    prepare(self, run_recv);
}

void prepare_wait(struct peer *self)
{
    prepare(self, run_wait);
}

seL4_Word take(seL4_CPtr cap)
{
    seL4_Word badge = 0;

    seL4_NBWait(cap, &badge);
    return badge;
}

seL4_Word take_call(seL4_CPtr endpoint, seL4_CPtr reply)
{
    seL4_Word badge = 0;

    seL4_NBRecv(endpoint, &badge, reply);
    if (badge == 0) {
        fail(__FILE__, __LINE__, "no badged call waits");
    }
    return badge;
}

void answer(seL4_CPtr reply, seL4_Word word)
{
    seL4_SetMR(0, word);
    seL4_Send(reply, message(1));
}

/* --- faults ---------------------------------------------------------------------------- */

void set_handler(struct thread *thread, seL4_CPtr handler)
{
    OK(seL4_TCB_SetSpace(thread->tcb, handler, MY_CNODE, 0, MY_VSPACE, 0));
}

void take_fault(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word label, seL4_Word length)
{
    seL4_Word badge = 0;
    seL4_MessageInfo_t info = seL4_NBRecv(endpoint, &badge, reply);

    if (badge == 0) {
        fail(__FILE__, __LINE__, "no fault waits at the handler");
    }
    CHECK_EQ(seL4_MessageInfo_get_label(info), label);
    CHECK_EQ(seL4_MessageInfo_get_length(info), length);
}

void map_page_at(uintptr_t address, seL4_CPtr page, seL4_CapRights_t rights,
                 seL4_ARM_VMAttributes attributes)
{
    seL4_Error error;

    while ((error = seL4_ARM_Page_Map(page, MY_VSPACE, address, rights, attributes)) ==
           seL4_FailedLookup) {
        OK(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject), MY_VSPACE, address,
                                  seL4_ARM_Default_VMAttributes));
    }
    OK(error);
}

void map_page(seL4_CPtr page, seL4_CapRights_t rights, seL4_ARM_VMAttributes attributes)
{
    map_page_at(PAGE_ADDRESS, page, rights, attributes);
}

seL4_CPtr map_code(const uint32_t *code, size_t count)
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    for (size_t i = 0; i < count; i++) {
        ((volatile uint32_t *)PAGE_ADDRESS)[i] = code[i];
    }
    OK(seL4_ARM_Page_Unify_Instruction(page, 0, 1 << seL4_PageBits));
    return page;
}

struct machine machine_make(const uint32_t *code, size_t count)
{
    struct machine machine = {
        .thread = thread_make(NULL, NULL, PEER_PRIORITY),
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
        .code = map_code(code, count),
    };
    seL4_Word *registers = (seL4_Word *)&machine.registers;

    for (size_t i = 0; i < SK_ARCH_REGISTER_COUNT; i++) {
        registers[i] = 2000 + i;
    }
    for (size_t i = 0; i <= 8; i++) {
        (&machine.registers.x0)[i] = 1000 + i;
    }
    machine.registers.pc = PAGE_ADDRESS;
    machine.registers.sp = machine.thread->stack_top;
    set_handler(machine.thread, badged(machine.endpoint, MACHINE_BADGE));
    return machine;
}

void machine_start(struct machine *machine, seL4_Word x0)
{
    machine->registers.x0 = x0;
    OK(seL4_TCB_WriteRegisters(machine->thread->tcb, 1, 0, SK_ARCH_REGISTER_COUNT,
                               &machine->registers));
}

struct machine machine_run(const uint32_t *code, size_t count)
{
    struct machine machine = machine_make(code, count);

    machine_start(&machine, machine.registers.x0);
    return machine;
}

void machine_fault(const struct machine *machine, seL4_Word label, seL4_Word length)
{
    take_fault(machine->endpoint, machine->reply, label, length);
}

seL4_UserContext registers_of(const struct thread *thread)
{
    seL4_UserContext context;

    OK(seL4_TCB_ReadRegisters(thread->tcb, 0, 0, SK_ARCH_REGISTER_COUNT, &context));
    return context;
}
