/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

#include <selkie/arch/rt/thread.h>
#include <selkie/base/assert.h>
#include <selkie/rt/tls.h>

#include "start.h"

#define PAGE_SIZE      ((size_t)1 << seL4_PageBits)
#define DEFAULT_NAME   "thread"
#define ALIGN_STACK(n) ((n) & ~(uintptr_t)15)

/* What is in the last of a thread's pages: its IPC buffer, and what we know of it. */
struct room {
    seL4_IPCBuffer ipc_buffer;
    struct sk_thread thread;
};
_Static_assert(sizeof(struct room) <= 1 << seL4_PageBits, "it is one page");

__attribute__((weak)) sk_err sk_fault_attach(const struct sk_thread *t,
                                             struct sk_source *source, sk_slot slot);
__attribute__((weak)) void sk_fault_detach(const struct sk_thread *t);

static _Thread_local struct sk_thread *current;

struct sk_thread *sk_thread_self(void)
{
    return current != NULL ? current : &sk_thread_first;
}

static sk_slot slot_of(const struct sk_thread *t, enum thread_slot slot)
{
    return sk_slots_get(t->slots, slot);
}

sk_err sk_thread_make(struct sk_thread *t, sk_blueprint what, enum thread_slot slot)
{
    SK_TRY(t->source->make_object(t->source, what, slot_of(t, slot)));
    t->objects = slot + 1;
    return SK_OK;
}

/* Give back all that t has, as far as it was made. t may be in the pages itself. */
static void release(const struct sk_thread *t)
{
    struct sk_thread was = *t;
    struct sk_source *source = was.source;

    if (was.objects > SLOT_TCB) {
        source->free_object(source, SK_BLUEPRINT(TCB), slot_of(&was, SLOT_TCB));
        if (sk_fault_detach != NULL) {
            sk_fault_detach(&was);
        }
    }
    if (was.objects > SLOT_ENDED) {
        sk_slot faults = slot_of(&was, SLOT_FAULTS);

        source->free_object(source, SK_BLUEPRINT(Notification), slot_of(&was, SLOT_ENDED));
        (void)seL4_CNode_Delete(faults.root.cptr, faults.index, faults.depth);
    }
    if (was.objects > SLOT_TIME) {
        sk_thread_take_time(&was);
    }
    if (was.page_count != 0) {
        source->give_pages(source, was.pages, was.page_count);
    }
    if (was.slots.count != 0) {
        source->give_slots(source, was.slots);
    }
}

/* Not inlined: the caller has just begun to have thread-local variables. */
__attribute__((noinline)) static void enter(void *arg)
{
    struct sk_thread *t = arg;

    current = t;
    seL4_SetIPCBuffer((seL4_IPCBuffer *)t->ipc_buffer);
    t->outcome = sk_catch(t->fn, t->arg);
    seL4_Signal(sk_slot_cptr(slot_of(t, SLOT_ENDED)));
    /* Who joins us deletes us; until then there is nothing to do. */
    for (;;) {
        (void)seL4_TCB_Suspend(t->tcb.cptr);
    }
}

/* The memory: guard, stack with the TLS at its top, and the room. */
static sk_err take_memory(struct sk_thread *t, const struct sk_thread_options *options)
{
    size_t wanted = options->stack_size != 0 ? options->stack_size : SK_THREAD_STACK_SIZE;
    size_t more = (options->tls != NULL ? 0 : sk_tls_size()) + 2 * PAGE_SIZE - 1;
    seL4_Word count;

    if (__builtin_add_overflow(wanted, more, &count) ||
        __builtin_add_overflow(count, options->arg_size, &count)) {
        return SK_ERR_NO_MEMORY;
    }
    count >>= seL4_PageBits;
    SK_TRY(t->source->take_pages(t->source, count, &t->pages));
    t->page_count = count;
    t->stack = t->pages;
    t->stack_size = (count - 1) << seL4_PageBits;
    t->ipc_buffer = t->stack + t->stack_size;
    return SK_OK;
}

static sk_err take(struct sk_thread *t, const struct sk_thread_options *options,
                   const struct sk_env *env)
{
    SK_TRY(t->source->take_slots(t->source, SLOT_COUNT, &t->slots));
    SK_TRY(take_memory(t, options));
    SK_TRY(sk_thread_make(t, SK_BLUEPRINT(TCB), SLOT_TCB));
    t->tcb = (sk_tcb){sk_slot_cptr(slot_of(t, SLOT_TCB))};
    SK_TRY(sk_thread_make(t, SK_BLUEPRINT(Notification), SLOT_ENDED));
    return sk_thread_give_time(t, env, options);
}

/* Tell the kernel all about the thread, and start it. */
static sk_err configure(struct sk_thread *t, const struct sk_thread_options *options,
                        const struct sk_env *env, seL4_CPtr faults)
{
    seL4_CPtr tcb = t->tcb.cptr;
    seL4_CPtr buffer = t->source->page_frame(t->source, t->ipc_buffer).cptr;
    uintptr_t top = t->ipc_buffer; /* stays aligned: the size of TLS is a multiple of 16 */
    void *tls = options->tls;

    if (tls == NULL) {
        top -= sk_tls_size();
        tls = (void *)top;
    }
    if (options->arg_size != 0) {
        top = ALIGN_STACK(top - options->arg_size);
        __builtin_memcpy((void *)top, t->arg, options->arg_size);
        t->arg = (void *)top;
    }
    seL4_UserContext registers = sk_arch_thread_registers(enter, t, top, sk_tls_init(tls));

    SK_TRY((sk_err)seL4_TCB_SetSpace(tcb, faults, env->cnode.cptr, 0, env->vspace.cptr, 0));
    SK_TRY((sk_err)seL4_TCB_SetIPCBuffer(tcb, t->ipc_buffer, buffer));
    SK_TRY((sk_err)seL4_TCB_SetPriority(tcb, env->tcb.cptr, options->priority));
    sk_thread_name(t);
    return (sk_err)seL4_TCB_WriteRegisters(tcb, 1, 0, SK_ARCH_REGISTER_COUNT, &registers);
}

/* The thread's record moves to its own memory, and the thread runs. */
static sk_err settle(const struct sk_thread *made, const struct sk_thread_options *options,
                     const struct sk_env *env)
{
    struct room *room = (struct room *)made->ipc_buffer;
    sk_slot faults = slot_of(made, SLOT_FAULTS);
    seL4_CPtr handler = seL4_CapNull;

    room->thread = *made;
    if (sk_fault_attach != NULL) {
        SK_TRY(sk_fault_attach(made, env->source, faults));
        handler = sk_slot_cptr(faults);
    }
    return configure(&room->thread, options, env, handler);
}

sk_err sk_thread_start(void (*fn)(void *arg), void *arg,
                       const struct sk_thread_options *options, struct sk_thread **ret_thread)
{
    struct sk_env env;

    sk_env_get(&env);
    struct sk_thread made = {
        .name = options->name != NULL ? options->name : DEFAULT_NAME,
        .fn = fn,
        .arg = arg,
        .source = options->source != NULL ? options->source : env.source,
    };
    if (made.source == NULL) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    sk_err err = take(&made, options, &env);
    if (err == SK_OK) {
        err = settle(&made, options, &env);
    }
    if (err != SK_OK) {
        release(&made);
        return err;
    }
    *ret_thread = &((struct room *)made.ipc_buffer)->thread;
    return SK_OK;
}

void sk_thread_join(struct sk_thread *t, sk_outcome *ret_outcome)
{
    seL4_Wait(sk_slot_cptr(slot_of(t, SLOT_ENDED)), NULL);
    if (ret_outcome != NULL) {
        *ret_outcome = t->outcome;
    }
    release(t);
}

void sk_thread_kill(struct sk_thread *t)
{
    /* Fails only on what is no TCB. */
    (void)seL4_TCB_Suspend(t->tcb.cptr);
    release(t);
}
