/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench.h"

#include <stddef.h>
#include <stdint.h>

#include <selkie/base/assert.h>
#include <selkie/proto/coroutine.h>
#include <selkie/rt/thread.h>

#define DOOR SK_EVENT_MESSAGE

static struct {
    struct sk_event_loop loop; /* the first thread's */
    sk_notification notification;
    sk_notification bell;
    struct sk_event_source source;
    unsigned calls;
    sk_notification deferred;
    struct sk_event event;
    struct sk_coroutine coroutine;
    seL4_CPtr raw_endpoint, raw_door; /* of a server by hand */
    sk_caller raw_caller;
    struct sk_event_loop server; /* another thread's */
    sk_endpoint endpoint;
    sk_caller caller;
    seL4_CPtr door;
    struct sk_event_server answers;
} it;

static void on_signal(struct sk_event_source *self, seL4_Word badges)
{
    (void)self;
    (void)badges;
    it.calls++;
    if (it.deferred.cptr != seL4_CapNull) {
        sk_event_loop_defer(&it.loop, it.deferred);
    }
}

SK_COROUTINE(await_for_ever, struct sk_coroutine *self)
{
    SK_COROUTINE_BEGIN(self);
    for (;;) {
        SK_AWAIT(self, &it.event);
        it.calls++;
    }
}

static void serve_raw(void *arg)
{
    seL4_Word word = 0;

    (void)arg;
    receive_first(it.raw_endpoint, it.raw_caller.cptr);
    for (;;) {
        answer_and_receive(it.raw_endpoint, it.raw_caller.cptr, &word);
    }
}

static void on_message(struct sk_event_server *self, struct sk_event_loop *l, sk_reader *in)
{
    seL4_Word word = 0;

    (void)self;
    (void)sk_reader_word(in, &word);
    sk_builder out = sk_reader_answer(in, SK_OK);
    sk_builder_word(&out, word);
    sk_event_loop_answer(l, &out);
}

static void serve_loop(void *arg)
{
    (void)arg;
    sk_event_loop_run(&it.server);
}

static sk_err make_endpoint(struct sk_source *source, seL4_CPtr *ret_endpoint,
                            sk_caller *ret_caller, seL4_CPtr *ret_door)
{
    sk_slots slots;

    SK_TRY(source->take_slots(source, 1, &slots));
    SK_TRY(source->make_object(source, SK_BLUEPRINT(Endpoint), slots.first));
    *ret_endpoint = sk_slot_cptr(slots.first);
    SK_TRY(sk_caller_make(source, ret_caller));
    return mint(source, *ret_endpoint, DOOR, ret_door);
}

sk_err loop_begin(struct sk_source *source)
{
    const struct sk_thread_options options = {.name = "server", .priority = 254};
    struct sk_thread *thread;

    SK_TRY(make_notification(source, &it.notification));
    SK_TRY(mint(source, it.notification.cptr, 1, &it.bell.cptr));
    sk_event_loop_init(&it.loop,
                       &(struct sk_event_loop_options){.notification = it.notification});
    it.source.fn = on_signal;
    SK_TRY(sk_event_loop_add(&it.loop, &it.source, 1));
    SK_TRY(make_endpoint(source, &it.raw_endpoint, &it.raw_caller, &it.raw_door));
    SK_TRY(sk_thread_start(serve_raw, NULL, &options, &thread));
    SK_TRY(make_endpoint(source, &it.endpoint.cptr, &it.caller, &it.door));
    sk_event_loop_init(&it.server, &(struct sk_event_loop_options){.endpoint = it.endpoint,
                                                                   .caller = &it.caller});
    it.answers =
        (struct sk_event_server){.badge = DOOR, .mask = DOOR, .on_message = on_message};
    SK_TRY(sk_event_loop_serve(&it.server, &it.answers));
    return sk_thread_start(serve_loop, NULL, &options, &thread);
}

void raw_signal_wait(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        seL4_Signal(it.bell.cptr);
        seL4_Wait(it.notification.cptr, NULL);
    }
}

void loop_turn(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        seL4_Signal(it.bell.cptr);
        sk_event_loop_turn(&it.loop);
    }
}

void raw_fewest(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        signal_and_wait(it.bell.cptr, it.notification.cptr);
    }
}

/* Each turn signals what the next one hears. */
void loop_defer(unsigned count)
{
    it.deferred = it.bell;
    sk_event_loop_defer(&it.loop, it.bell);
    for (unsigned i = 0; i < count; i++) {
        sk_event_loop_turn(&it.loop);
    }
    it.deferred.cptr = seL4_CapNull;
    sk_event_loop_turn(&it.loop);
}

/* In turns that have ended before they would wait. */
void coroutine_await(unsigned count)
{
    sk_coroutine_start(&it.coroutine, &it.loop, await_for_ever);
    sk_event_loop_stop(&it.loop);
    sk_event_loop_turn(&it.loop);
    for (unsigned i = 0; i < count; i++) {
        sk_event_fire(&it.event);
        sk_event_loop_turn(&it.loop);
    }
    it.event = (struct sk_event){.is_over = false};
    it.loop.is_over = false;
}

static void call(seL4_CPtr door, unsigned count)
{
    seL4_Word word = 1;

    for (unsigned i = 0; i < count; i++) {
        (void)seL4_CallWithMRs(door, seL4_MessageInfo_new(0, 0, 0, 1), &word, NULL, NULL, NULL);
    }
}

void raw_call(unsigned count)
{
    call(it.raw_door, count);
}

void loop_call(unsigned count)
{
    call(it.door, count);
}
