/* SPDX-License-Identifier: BSD-2-Clause */
#include "sched_help.h"

#include "machine_help.h"

/* Between two readings of the counter longer than this, others ran. */
#define GAP_TICKS 300

void trace_add(struct trace *trace, char letter)
{
    unsigned at = trace->length;

    if (at < sizeof(trace->letters) - 1) {
        trace->letters[at] = letter;
        trace->length = at + 1;
    }
}

void trace_check(const char *file, int line, const struct trace *trace, const char *expected)
{
    char letters[sizeof(trace->letters)];
    bool is_equal = true;
    unsigned length = 0;

    for (unsigned i = 0; i < sizeof(letters); i++) {
        letters[i] = trace->letters[i];
    }
    for (; expected[length] != '\0'; length++) {
        is_equal = is_equal && letters[length] == expected[length];
    }
    if (!is_equal || letters[length] != '\0') {
        fail(file, line, "the order is \"%s\", expected \"%s\"", letters, expected);
    }
}

void act_once(void *actor)
{
    const struct actor *self = actor;

    trace_add(self->trace, self->letter);
}

void act_twice_yielding(void *actor)
{
    act_once(actor);
    seL4_Yield();
    act_once(actor);
}

void act_for_ever(void *actor)
{
    act_once(actor);
    for (volatile bool is_running = true; is_running;) {
    }
}

void act_and_spin(void *actor)
{
    const struct actor *self = actor;

    spin_us(self->time_us);
    act_once(actor);
}

void act_on_signals(void *actor)
{
    const struct actor *self = actor;

    for (;;) {
        seL4_Wait(self->notification, NULL);
        act_once(actor);
    }
}

void act_as_server(void *actor)
{
    const struct actor *self = actor;
    seL4_MessageInfo_t empty = seL4_MessageInfo_new(0, 0, 0, 0);

    seL4_Recv(self->endpoint, NULL, self->reply);
    for (;;) {
        act_once(actor);
        seL4_ReplyRecv(self->endpoint, empty, NULL, self->reply);
    }
}

void act_and_keep(void *actor)
{
    const struct actor *self = actor;

    seL4_Recv(self->endpoint, NULL, self->reply);
    act_once(actor);
    seL4_Wait(self->notification, NULL);
    seL4_Send(self->reply, seL4_MessageInfo_new(0, 0, 0, 0));
    trace_add(self->trace, 'r');
}

void act_as_client(void *actor)
{
    const struct actor *self = actor;

    seL4_Call(self->endpoint, seL4_MessageInfo_new(0, 0, 0, 0));
    act_once(actor);
}

void spin_us(seL4_Word us)
{
    uint64_t left = us_to_ticks(us);
    uint64_t last = counter_read();

    while (left > 0) {
        uint64_t now = counter_read();
        uint64_t passed = now - last;

        if (passed < GAP_TICKS) {
            left -= passed < left ? passed : left;
        }
        last = now;
    }
}

seL4_CPtr context_make(seL4_Word budget_us, seL4_Word period_us, seL4_Word extra_refills,
                       seL4_Word badge)
{
    seL4_CPtr context = make_sized(seL4_SchedContextObject, 8);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, context, budget_us, period_us,
                                        extra_refills, badge, seL4_SchedContext_NoFlag));
    return context;
}

seL4_Error context_configure(seL4_CPtr context, seL4_Word budget_us, seL4_Word period_us)
{
    return seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, context, budget_us, period_us, 0, 0,
                                            seL4_SchedContext_NoFlag);
}

struct thread *passive_make(void (*body)(void *arg), void *arg, seL4_Word priority)
{
    struct thread *thread = thread_make(body, arg, priority);

    OK(seL4_SchedContext_Unbind(thread->context));
    return thread;
}

struct thread *passive_run(void (*body)(void *arg), void *arg, seL4_Word priority)
{
    struct thread *thread = thread_run(body, arg, priority);

    settle();
    OK(seL4_SchedContext_Unbind(thread->context));
    return thread;
}

void set_timeout_endpoint(const struct thread *thread, seL4_CPtr endpoint)
{
    OK(seL4_TCB_SetTimeoutEndpoint(thread->tcb, endpoint));
}

void runner_init(struct runner *runner, void (*body)(void *arg))
{
    *runner = (struct runner){0};
    runner->actor = (struct actor){
        .trace = &runner->trace,
        .letter = 'a',
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
        .notification = make(seL4_NotificationObject),
    };
    runner->thread = passive_make(body, &runner->actor, TEST_PRIORITY + 1);
    runner->context = context_make(10000, 10000, 0, 0);
}
