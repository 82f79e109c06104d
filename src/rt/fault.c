/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

#include <selkie/rt/exit.h>
#include <selkie/rt/fault.h>
#include <selkie/rt/print.h>

#include "start.h"
#include "thread.h"

static sk_slot endpoint;

#pragma weak sk_fault_to_panic

/* The body of the handler's thread. The badge of a fault is the address of its thread. */
static void handle(void *arg)
{
    seL4_Word *message = seL4_GetIPCBuffer()->msg;
    const struct sk_thread *t;
    char text[FAULT_TEXT_SIZE];

    (void)arg;
    for (;;) {
        seL4_Word word[4];
        seL4_Word badge;
        seL4_MessageInfo_t info = sk_fault_receive(sk_slot_cptr(endpoint), &badge, word);

        for (int i = 0; i < 4; i++) {
            message[i] = word[i];
        }
        t = (const struct sk_thread *)badge;
        sk_fault_describe(text, sizeof(text), t, info, message);
        if (sk_fault_to_panic == NULL || !sk_fault_to_panic(t, info, text)) {
            break;
        }
    }
    sk_printf("fault: %s\n", text);
    sk_fault_trace(t);
    sk_exit(SK_EXIT_FAULT);
}

sk_err sk_fault_attach(struct sk_thread *t, sk_slot slot)
{
    /* The handler is started before there is anybody to report its own faults to. */
    if (sk_slot_is_null(endpoint)) {
        return SK_OK;
    }
    return (sk_err)seL4_CNode_Mint(slot.root.cptr, slot.index, slot.depth, endpoint.root.cptr,
                                   endpoint.index, endpoint.depth, seL4_AllRights,
                                   (seL4_Word)t);
}

static sk_err start(void)
{
    struct sk_env env;
    struct sk_thread *handler;
    sk_slots slots;

    sk_env_get(&env);
    if (env.source == NULL) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    SK_TRY(sk_fault_prepare(env.source));
    SK_TRY(env.source->take_slots(env.source, 2, &slots));
    SK_TRY(env.source->make_object(env.source, SK_BLUEPRINT(Endpoint), slots.first));
    SK_TRY(sk_thread_start(handle, NULL,
                           &(struct sk_thread_options){
                               .name = "fault handler",
                               .priority = seL4_MaxPrio,
                               .stack_size = 2 << seL4_PageBits,
                           },
                           &handler));
    endpoint = slots.first;

    struct sk_thread *first = &sk_thread_first;
    first->tcb = env.tcb;
    first->stack = env.stack;
    first->stack_size = env.stack_size;
    SK_TRY(sk_fault_attach(first, sk_slots_get(slots, 1)));
    return (sk_err)seL4_TCB_SetSpace(env.tcb.cptr, sk_slot_cptr(sk_slots_get(slots, 1)),
                                     env.cnode.cptr, 0, env.vspace.cptr, 0);
}

void sk_fault_start(void)
{
    if (start() != SK_OK) {
        sk_panic_plain("panic: the fault handler cannot be made");
    }
}
