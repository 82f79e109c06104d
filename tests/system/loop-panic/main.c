/*
 * Panics in the callbacks of an event loop, caught around its turn: the next turn goes on with
 * what is left, and nothing is on a stack that is gone.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/alloc/manager.h>
#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>
#include <selkie/cap/notification.h>
#include <selkie/cap/owned.h>
#include <selkie/cap/tcb.h>
#include <selkie/proto/coroutine.h>
#include <selkie/rt/catch.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#define CLIENTS 2
#define WORDS   256
#define PATTERN 0xa5a5a5a5a5a5a5a5ul

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static sk_notification bell; /* with badge 1 */
static sk_notification notification;
static struct sk_event_loop loop;

static void turn(void *arg)
{
    (void)arg;
    sk_event_loop_turn(&loop);
}

static bool turn_panics(void)
{
    return sk_catch(turn, NULL).how == SK_PANICKED;
}

static seL4_CPtr make(sk_blueprint what)
{
    sk_slots slots;

    sk_assert(manager.source.take_slots(&manager.source, 1, &slots) == SK_OK);
    sk_assert(manager.source.make_object(&manager.source, what, slots.first) == SK_OK);
    return sk_slot_cptr(slots.first);
}

static seL4_CPtr mint(seL4_CPtr of, seL4_Word badge)
{
    sk_slots slots;

    sk_assert(manager.source.take_slots(&manager.source, 1, &slots) == SK_OK);
    sk_assert(seL4_CNode_Mint(seL4_CapInitThreadCNode, sk_slot_cptr(slots.first), seL4_WordBits,
                              seL4_CapInitThreadCNode, of, seL4_WordBits, seL4_AllRights,
                              badge) == seL4_NoError);
    return sk_slot_cptr(slots.first);
}

/* --- timers */

static uint64_t time;

static uint64_t now(struct sk_clock *c)
{
    (void)c;
    return time;
}

static void set_timeout(struct sk_clock *c, uint64_t when)
{
    (void)c;
    (void)when;
}

static struct sk_clock hands = {now, set_timeout};
static unsigned fired;

static void fire(struct sk_timer *t)
{
    (void)t;
    fired++;
}

static void fire_badly(struct sk_timer *t)
{
    (void)t;
    sk_panic("a timer");
}

/* On the stack where the turn was that panicked. */
__attribute__((noinline)) static unsigned cancel_over_a_stack(struct sk_timer *t)
{
    volatile seL4_Word room[WORDS];
    unsigned changed = 0;

    for (unsigned n = 0; n < WORDS; n++) {
        room[n] = PATTERN;
    }
    sk_timer_cancel(t);
    for (unsigned n = 0; n < WORDS; n++) {
        changed += room[n] != PATTERN;
    }
    return changed;
}

static void timers(void)
{
    struct sk_timer bad = {.fn = fire_badly};
    struct sk_timer due[3] = {{.fn = fire}, {.fn = fire}, {.fn = fire}};
    struct sk_timer later = {.fn = fire};

    sk_event_loop_init(
        &loop, &(struct sk_event_loop_options){.notification = notification, .clock = &hands});
    sk_timer_set(&loop, &bad, 1);
    sk_timer_set(&loop, &due[0], 2);
    sk_timer_set(&loop, &due[1], 3);
    sk_timer_set(&loop, &due[2], 4);
    sk_timer_set(&loop, &later, 20);
    time = 10;
    sk_assert(turn_panics() && fired == 0);
    sk_assert(cancel_over_a_stack(&due[1]) == 0);
    time = 20;
    sk_notification_signal(bell);
    sk_event_loop_turn(&loop);
    sk_assert(fired == 3);
    sk_puts("timers that were due are called later");
}

/* --- signals, interrupts and coroutines */

static unsigned heard;

static void listen(struct sk_event_source *self, seL4_Word badges)
{
    (void)self;
    (void)badges;
    heard++;
}

static void listen_badly(struct sk_event_source *self, seL4_Word badges)
{
    (void)self;
    (void)badges;
    sk_panic("a signal");
}

static void interrupt_badly(struct sk_event_irq *self)
{
    (void)self;
    sk_panic("an interrupt");
}

static void signals(void)
{
    struct sk_event_source bad = {.fn = listen_badly};
    struct sk_event_source good = {.fn = listen};
    struct sk_event_irq irq = {.handler = {notification.cptr}, .fn = interrupt_badly};

    sk_event_loop_init(&loop, &(struct sk_event_loop_options){.notification = notification});
    sk_assert(sk_event_loop_add(&loop, &bad, 1) == SK_OK);
    sk_assert(sk_event_loop_add(&loop, &good, 2) == SK_OK);
    sk_notification_signal(bell);
    seL4_Signal(mint(notification.cptr, 2));
    sk_assert(turn_panics() && heard == 0);
    sk_event_loop_turn(&loop);
    sk_assert(heard == 1);
    sk_event_loop_remove(&loop, &bad);
    sk_assert(sk_event_loop_add_irq(&loop, &irq, 1) == SK_OK);
    sk_notification_signal(bell);
    sk_assert(turn_panics() && loop.deferred == irq.handler.cptr);
    sk_puts("signals that came with another are heard, and interrupts acknowledged");
}

SK_COROUTINE(panic_once, struct sk_coroutine *self)
{
    SK_COROUTINE_BEGIN(self);
    SK_PAUSE(self);
    sk_panic("a coroutine");
    SK_COROUTINE_END(self);
}

struct waiter {
    struct sk_coroutine coroutine;
    struct sk_coroutine *other;
    bool is_through;
};

SK_COROUTINE(wait_for_other, struct sk_coroutine *self)
{
    struct waiter *w = (struct waiter *)self;

    SK_COROUTINE_BEGIN(self);
    SK_AWAIT(self, &w->other->ended);
    w->is_through = true;
    SK_COROUTINE_END(self);
}

static void coroutines(void)
{
    struct sk_coroutine bad;
    struct waiter waiter = {.other = &bad};

    sk_event_loop_init(&loop, &(struct sk_event_loop_options){.notification = notification});
    sk_coroutine_start(&bad, &loop, panic_once);
    sk_coroutine_start(&waiter.coroutine, &loop, wait_for_other);
    for (unsigned n = 0; n < 5; n++) {
        sk_notification_signal(bell);
        sk_assert(turn_panics() == (n == 1));
    }
    sk_assert(bad.is_ended && waiter.is_through && waiter.coroutine.is_ended);
    sk_puts("a coroutine that panics has ended");
}

/* --- messages */

static sk_endpoint door;
static unsigned calls;
static unsigned answers;

static void on_message(struct sk_event_server *self, struct sk_event_loop *l, sk_reader *in)
{
    (void)self;
    if (calls++ == 0) {
        sk_panic("a message");
    }
    sk_builder out = sk_reader_answer(in, SK_OK);
    sk_event_loop_answer(l, &out);
}

static void call(void *arg)
{
    sk_builder out = sk_builder_open(1);
    SK_AUTO(sk_reader) in = sk_builder_call(&out, door);

    (void)arg;
    answers++;
}

static void messages(void)
{
    struct sk_event_server server = {
        .badge = SK_EVENT_MESSAGE, .mask = SK_EVENT_MESSAGE, .on_message = on_message};
    struct sk_thread *clients[CLIENTS];
    sk_endpoint endpoint = {make(SK_BLUEPRINT(Endpoint))};
    sk_caller caller;

    door = (sk_endpoint){mint(endpoint.cptr, SK_EVENT_MESSAGE)};
    sk_assert(sk_caller_make(&manager.source, &caller) == SK_OK);
    sk_assert(seL4_TCB_BindNotification(seL4_CapInitThreadTCB, notification.cptr) ==
              seL4_NoError);
    sk_event_loop_init(&loop, &(struct sk_event_loop_options){.notification = notification,
                                                              .endpoint = endpoint,
                                                              .caller = &caller});
    sk_assert(sk_event_loop_serve(&loop, &server) == SK_OK);
    for (unsigned n = 0; n < CLIENTS; n++) {
        const struct sk_thread_options options = {.priority = 100};

        sk_assert(sk_thread_start(call, NULL, &options, &clients[n]) == SK_OK);
    }
    sk_assert(turn_panics());
    sk_event_loop_turn(&loop);
    sk_event_loop_flush(&loop);
    sk_assert(calls == 2);
    for (unsigned n = 0; n < CLIENTS; n++) {
        sk_thread_kill(clients[n]);
    }
    sk_puts("the next message is received");
}

SK_ROOT_TASK(bi)
{
    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){.memory = memory}) == SK_OK);
    sk_env_set_source(&manager.source);
    notification = (sk_notification){make(SK_BLUEPRINT(Notification))};
    bell = (sk_notification){mint(notification.cptr, 1)};
    timers();
    signals();
    coroutines();
    messages();
    return 0;
}
