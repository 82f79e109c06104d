/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

#include <selkie/arch/rt/thread.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/fault.h>
#include <selkie/rt/print.h>

#include "start.h"
#include "thread.h"

/* For threads that are started. The handler itself has what it needs in its watch. */
static sk_slot endpoint;
static struct watch *watches; /* the last one made first */
static seL4_CPtr endpoint_of_first;

#pragma weak sk_fault_to_panic

/* Receive the next fault; the result is whose it is. */
static const struct watched *receive(const struct watch *w, struct sk_fault *ret_fault)
{
    const seL4_Word *message = seL4_GetIPCBuffer()->msg;
    seL4_Word words[SK_FAULT_WORDS];
    seL4_Word badge;
    seL4_MessageInfo_t info = sk_fault_receive(w, &badge, words);

    for (int i = 4; i < SK_FAULT_WORDS; i++) {
        words[i] = message[i];
    }
    if (sk_fault_decode(info, words, ret_fault) != SK_OK) {
        *ret_fault = (struct sk_fault){.kind = SK_FAULT_NONE};
    }
    return (const struct watched *)badge;
}

/* The body of the handler's thread. The badge of a fault is the address of what is watched. */
static void handle(void *arg)
{
    const struct watched *t;
    char text[FAULT_TEXT_SIZE];
    seL4_UserContext registers;

    for (;;) {
        struct sk_fault fault;

        t = receive(arg, &fault);
        if (seL4_TCB_ReadRegisters(t->tcb, 0, 0, SK_ARCH_REGISTER_COUNT, &registers) !=
            seL4_NoError) {
            registers = (seL4_UserContext){0};
        }
        sk_fault_describe(text, sizeof(text), t, &fault, &registers);
        if (sk_fault_to_panic == NULL || !sk_fault_to_panic(t, &fault, &registers, text)) {
            break;
        }
    }
    sk_printf("fault: %s\n", text);
    sk_fault_trace(t, &registers);
    sk_exit(SK_EXIT_FAULT);
}

/* Take what is nobody's, of any of the pages there are. NULL: all are taken. */
static struct watched *find_free(seL4_CPtr tcb)
{
    for (struct watch *w = __atomic_load_n(&watches, __ATOMIC_ACQUIRE); w != NULL;
         w = w->next) {
        for (int i = 0; i < WATCHED_COUNT; i++) {
            seL4_CPtr nobody = seL4_CapNull;

            if (__atomic_compare_exchange_n(&w->threads[i].tcb, &nobody, tcb, 0,
                                            __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
                return &w->threads[i];
            }
        }
    }
    return NULL;
}

static sk_err add_watch(struct sk_source *source)
{
    uintptr_t page;

    SK_TRY(source->take_pages(source, 1, &page));

    struct watch *w = (struct watch *)page;
    w->next = __atomic_load_n(&watches, __ATOMIC_RELAXED);
    /* Release: pairs with the acquire in find_free(). */
    while (!__atomic_compare_exchange_n(&watches, &w->next, w, 0, __ATOMIC_RELEASE,
                                        __ATOMIC_RELAXED)) {
    }
    return SK_OK;
}

static void keep_name(struct watched *w, const char *name)
{
    size_t size = 0;

    for (; size < sizeof(w->name) - 1 && name[size] != '\0'; size++) {
        w->name[size] = name[size];
    }
    w->name[size] = '\0';
}

sk_err sk_fault_attach(const struct sk_thread *t, struct sk_source *source, sk_slot slot)
{
    struct watched *w;

    /* The handler is started before there is anybody to report its own faults to. */
    if (sk_slot_is_null(endpoint)) {
        return SK_OK;
    }
    while ((w = find_free(t->tcb.cptr)) == NULL) {
        SK_TRY(add_watch(source));
    }
    w->stack = t->stack;
    w->stack_size = t->stack_size;
    keep_name(w, t->name);
    return (sk_err)seL4_CNode_Mint(slot.root.cptr, slot.index, slot.depth, endpoint.root.cptr,
                                   endpoint.index, endpoint.depth, seL4_AllRights,
                                   (seL4_Word)w);
}

void sk_fault_detach(const struct sk_thread *t)
{
    for (struct watch *w = __atomic_load_n(&watches, __ATOMIC_ACQUIRE); w != NULL;
         w = w->next) {
        for (int i = 0; i < WATCHED_COUNT; i++) {
            seL4_CPtr tcb = t->tcb.cptr;

            (void)__atomic_compare_exchange_n(&w->threads[i].tcb, &tcb, seL4_CapNull, 0,
                                              __ATOMIC_RELAXED, __ATOMIC_RELAXED);
        }
    }
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
    SK_TRY(add_watch(env.source));
    SK_TRY(sk_fault_prepare(env.source, &watches->reply));
    SK_TRY(env.source->take_slots(env.source, 2, &slots));
    SK_TRY(env.source->make_object(env.source, SK_BLUEPRINT(Endpoint), slots.first));
    watches->endpoint = sk_slot_cptr(slots.first);
    SK_TRY(sk_thread_start(handle, watches,
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
    SK_TRY(sk_fault_attach(first, env.source, sk_slots_get(slots, 1)));
    endpoint_of_first = sk_slot_cptr(sk_slots_get(slots, 1));
    return (sk_err)seL4_TCB_SetSpace(env.tcb.cptr, endpoint_of_first, env.cnode.cptr, 0,
                                     env.vspace.cptr, 0);
}

seL4_CPtr sk_fault_endpoint(void)
{
    return endpoint_of_first;
}

void sk_fault_start(void)
{
    if (start() != SK_OK) {
        sk_panic_plain("panic: the fault handler cannot be made");
    }
}
