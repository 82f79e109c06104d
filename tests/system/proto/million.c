/*
 * Many messages between threads of several priorities: none is lost, none comes twice, and who
 * waits is woken.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/base/err.h>
#include <selkie/cap/owned.h>
#include <selkie/cap/rights.h>
#include <selkie/driver/arm_timer.h>
#include <selkie/driver/irq.h>
#include <selkie/proto/coroutine.h>
#include <selkie/proto/multi_ring.h>
#include <selkie/proto/ring.h>
#include <selkie/proto/sddf.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#include "parts.h"

#define MESSAGES  1000000u
#define COUNT     64u
#define FEWER     90000u /* where there are many producers */
#define PRODUCERS 3u
#define QUEUES    2u

/* A message, and what follows from its number. */
struct numbered {
    uint64_t number;
    uint64_t check;
};

static struct numbered numbered(uint64_t n)
{
    return (struct numbered){n, n * 0x9e3779b97f4a7c15u};
}

/* What a part has: threads, memory that they share, and notifications. */
static struct play {
    struct sk_ring_producer p[QUEUES];
    struct sk_ring_consumer c[QUEUES];
    struct sk_ring_producer many[PRODUCERS];
    struct sk_multi_ring_lane lanes[PRODUCERS];
    struct sk_multi_ring one;
    uint64_t count; /* of messages, of each producer */
    uint64_t sleeps;
    uint64_t received;
    uint64_t wrong;
} play;

static _Alignas(4096) char room[QUEUES][8192];

#define NOTIFICATIONS 4u
static sk_owned_object objects[NOTIFICATIONS];
static sk_notification notifications[NOTIFICATIONS];

static sk_err make_notifications(void)
{
    for (unsigned n = 0; n < NOTIFICATIONS; n++) {
        SK_TRY(sk_owned_object_make(sk_boot_source(), SK_BLUEPRINT(Notification), &objects[n]));
        notifications[n].cptr = sk_owned_object_cptr(&objects[n]);
    }
    return SK_OK;
}

static void drop_notifications(void)
{
    for (unsigned n = 0; n < NOTIFICATIONS; n++) {
        if (objects[n].slot.depth != 0) {
            sk_owned_object_drop(&objects[n]);
        }
        objects[n] = (sk_owned_object){0};
    }
}

/* Run so many threads with the same function, and wait for all. */
static sk_err run(void (*fn[])(void *arg), void *args[], unsigned count)
{
    struct sk_thread *threads[PRODUCERS + 1];

    for (unsigned n = 0; n < count; n++) {
        /* The first is the most urgent. Budgets end in the midst of things. */
        const struct sk_thread_options options = {
            .name = "peer", .priority = 100 - n % 2, .budget_us = 300};

        SK_TRY(sk_thread_start(fn[n], args[n], &options, &threads[n]));
    }
    for (unsigned n = 0; n < count; n++) {
        sk_thread_join(threads[n], NULL);
    }
    return SK_OK;
}

/* --- one to one */

static void produce(void *arg)
{
    struct sk_ring_producer *p = arg;
    sk_err e = SK_OK;

    /* A ring that is broken would never let us wait. */
    for (uint64_t n = 0; n < play.count && (e == SK_OK || e == SK_ERR_NOT_READY);) {
        struct numbered message = numbered(n);

        e = sk_ring_push(p, &message);
        if (e == SK_OK) {
            n++;
            sk_ring_producer_ring(p);
        } else {
            __atomic_fetch_add(&play.sleeps, 1, __ATOMIC_RELAXED);
            sk_ring_producer_wait(p);
        }
    }
}

static void take(struct numbered message)
{
    struct numbered want = numbered(play.received++);

    play.wrong += message.number != want.number || message.check != want.check;
}

static void consume(void *arg)
{
    struct sk_ring_consumer *c = arg;
    struct numbered batch[16];
    uint32_t count;
    sk_err e = SK_OK;

    while (play.received < play.count && (e == SK_OK || e == SK_ERR_NOT_READY)) {
        e = sk_ring_pop_some(c, batch, sizeof(batch) / sizeof(batch[0]), &count);
        if (e == SK_OK) {
            sk_ring_consumer_ring(c);
            for (uint32_t n = 0; n < count; n++) {
                take(batch[n]);
            }
        } else {
            __atomic_fetch_add(&play.sleeps, 1, __ATOMIC_RELAXED);
            sk_ring_consumer_wait(c);
        }
    }
}

static sk_err make_ring(unsigned n, const struct sk_ring_layout *layout, sk_notification bell,
                        sk_notification space)
{
    const struct sk_ring_memory memory = {.queue = room[n], .queue_size = sizeof(room[n])};

    SK_TRY(sk_ring_clear(layout, &memory));
    SK_TRY(sk_ring_producer_init(&play.p[n], layout, &memory, bell, space));
    return sk_ring_consumer_init(&play.c[n], layout, &memory, space, bell);
}

static sk_err one_to_one(void)
{
    const struct sk_ring_layout layout = sk_ring_layout(COUNT, sizeof(struct numbered));
    void (*fn[])(void *arg) = {produce, consume};
    void *args[] = {&play.p[0], &play.c[0]};

    play = (struct play){.count = MESSAGES};
    SK_TRY(make_notifications());
    SK_TRY(make_ring(0, &layout, notifications[0], notifications[1]));
    return run(fn, args, 2);
}

const char *a_million_messages_go_from_thread_to_thread(void)
{
    sk_err e = one_to_one();

    drop_notifications();
    if (e != SK_OK) {
        return "there is no room for two threads and a ring";
    }
    sk_printf("%lu messages, %lu sleeps\n", play.received, play.sleeps);
    return play.wrong == 0 && play.received == MESSAGES ? NULL : "messages were lost";
}

/* --- many to one */

static void produce_many(void *arg)
{
    struct sk_ring_producer *p = arg;

    for (uint64_t n = 0; n < play.count;) {
        const uint64_t message[2] = {(uint64_t)(p - play.many), n};

        if (sk_ring_push(p, message) == SK_OK) {
            n++;
            sk_ring_producer_ring(p);
        } else {
            sk_ring_producer_wait(p);
        }
    }
}

static void consume_many(void *arg)
{
    uint64_t next[PRODUCERS] = {0};
    uint64_t message[2];
    uint32_t lane;

    (void)arg;
    while (play.received < play.count * PRODUCERS) {
        if (sk_multi_ring_pop(&play.one, message, &lane) == SK_OK) {
            play.received++;
            play.wrong += message[0] != lane || message[1] != next[lane]++;
            sk_multi_ring_ring(&play.one);
        } else {
            sk_multi_ring_wait(&play.one);
        }
    }
}

static sk_err many_to_one(void)
{
    const struct sk_ring_layout layout = sk_ring_layout(4, 16);
    void (*fn[])(void *arg) = {consume_many, produce_many, produce_many, produce_many};
    void *args[] = {NULL, &play.many[0], &play.many[1], &play.many[2]};

    play = (struct play){.count = FEWER / PRODUCERS};
    SK_TRY(make_notifications());
    sk_multi_ring_init(&play.one, play.lanes, PRODUCERS, 16, notifications[0]);
    for (uint32_t n = 0; n < PRODUCERS; n++) {
        const struct sk_ring_memory memory = {.queue = room[0] + 1024 * n, .queue_size = 1024};

        SK_TRY(sk_ring_clear(&layout, &memory));
        SK_TRY(sk_ring_producer_init(&play.many[n], &layout, &memory, notifications[0],
                                     notifications[1 + n]));
        SK_TRY(sk_multi_ring_open(&play.one, n, &layout, &memory, notifications[1 + n]));
    }
    return run(fn, args, PRODUCERS + 1);
}

const char *many_producers_lose_nothing(void)
{
    sk_err e = many_to_one();

    drop_notifications();
    if (e != SK_OK) {
        return "there is no room for four threads and a ring";
    }
    return play.wrong == 0 && play.received == FEWER ? NULL : "messages were lost";
}

/* --- two queues and an interrupt at one notification, one queue sDDF's, in one loop */

struct reader {
    struct sk_coroutine coroutine;
    struct sk_event_loop *loop;
    struct sk_ring_consumer *ring;
    struct sk_event_bell bell;
    sk_notification space;
    uint64_t received;
    bool is_broken;
};

static void read_all(struct reader *it)
{
    struct numbered message;
    sk_err e;

    while ((e = sk_ring_pop(it->ring, &message)) == SK_OK) {
        const struct numbered want = numbered(it->received++);

        /* sDDF's entry has 48 bits that are nobody's. */
        play.wrong +=
            message.number != want.number || (uint16_t)message.check != (uint16_t)want.check;
    }
    it->is_broken = e != SK_ERR_NOT_READY; /* such a ring would never let us wait */
    if (sk_ring_consumer_must_ring(it->ring)) {
        sk_event_loop_defer(it->loop, it->space);
    }
}

SK_COROUTINE(read_queue, struct sk_coroutine *self)
{
    struct reader *it = (struct reader *)self;

    SK_COROUTINE_BEGIN(self);
    while (it->received < play.count && !it->is_broken && self->outcome == SK_OK) {
        read_all(it);
        if (it->received < play.count && !it->is_broken && !sk_ring_consumer_ask(it->ring)) {
            SK_AWAIT(self, &it->bell.event);
        }
    }
    SK_COROUTINE_END(self);
}

static struct sk_event_loop loop;
static struct reader readers[QUEUES];

/* Beats by the timer's interrupt, as long as the queues are read. */
#define BEAT_NS     200000u
#define TIMER_BADGE ((seL4_Word)1 << 62)

static struct heart {
    struct sk_coroutine coroutine;
    struct sk_arm_timer timer;
    struct sk_event_irq irq;
    unsigned interrupts;
    unsigned beats;
} heart;

static void on_interrupt(struct sk_event_irq *irq)
{
    (void)irq;
    heart.interrupts++;
    (void)sk_arm_timer_interrupt(&heart.timer);
}

SK_COROUTINE(beat, struct sk_coroutine *self)
{
    SK_COROUTINE_BEGIN(self);
    while (self->outcome == SK_OK) {
        heart.beats++;
        SK_SLEEP(self, BEAT_NS);
    }
    SK_COROUTINE_END(self);
}

SK_COROUTINE(stop_after_both, struct sk_coroutine *self)
{
    SK_COROUTINE_BEGIN(self);
    SK_AWAIT(self, &readers[0].coroutine.ended);
    SK_AWAIT(self, &readers[1].coroutine.ended);
    sk_coroutine_cancel(&heart.coroutine);
    SK_AWAIT(self, &heart.coroutine.ended);
    sk_event_loop_stop(&loop);
    SK_COROUTINE_END(self);
}

static void serve(void *arg)
{
    struct sk_coroutine end;

    (void)arg;
    for (unsigned n = 0; n < QUEUES; n++) {
        sk_coroutine_start(&readers[n].coroutine, &loop, read_queue);
    }
    sk_coroutine_start(&heart.coroutine, &loop, beat);
    sk_coroutine_start(&end, &loop, stop_after_both);
    sk_event_loop_run(&loop);
}

/* A capability to the loop's notification with this badge, in a slot of its own. */
static sk_err mint_bell(seL4_Word badge, sk_slots *ret_slots)
{
    struct sk_source *source = sk_boot_source();

    SK_TRY(source->take_slots(source, 1, ret_slots));
    return (sk_err)seL4_CNode_Mint(ret_slots->first.root.cptr, ret_slots->first.index,
                                   ret_slots->first.depth, seL4_CapInitThreadCNode,
                                   notifications[0].cptr, seL4_WordBits, seL4_AllRights, badge);
}

static sk_err make_loop(sk_irq *ret_irq)
{
    heart = (struct heart){.irq = {.fn = on_interrupt}};
    SK_TRY(sk_arm_timer_init(&heart.timer, 0));
    sk_event_loop_init(&loop, &(struct sk_event_loop_options){.notification = notifications[0],
                                                              .clock = &heart.timer.clock});
    SK_TRY(sk_irq_open(sk_boot_source(), (sk_irq_control){seL4_CapIRQControl}, SK_ARM_TIMER_IRQ,
                       notifications[0], TIMER_BADGE, ret_irq));
    heart.irq.handler = sk_irq_handler_of(ret_irq);
    return sk_event_loop_add_irq(&loop, &heart.irq, TIMER_BADGE);
}

static sk_err two_to_one_loop(void)
{
    const struct sk_ring_layout layouts[QUEUES] = {
        sk_ring_layout(COUNT, sizeof(struct numbered)), sk_sddf_net_layout(COUNT)};
    void (*fn[])(void *arg) = {serve, produce, produce};
    void *args[] = {NULL, &play.p[0], &play.p[1]};
    SK_AUTO(sk_irq) irq = {0};
    sk_slots slots[QUEUES];

    play = (struct play){.count = MESSAGES / QUEUES};
    SK_TRY(make_notifications());
    SK_TRY(make_loop(&irq));
    for (unsigned n = 0; n < QUEUES; n++) {
        SK_TRY(mint_bell((seL4_Word)1 << n, &slots[n]));
        SK_TRY(make_ring(n, &layouts[n], (sk_notification){sk_slot_cptr(slots[n].first)},
                         notifications[1 + n]));
        readers[n] =
            (struct reader){.loop = &loop, .ring = &play.c[n], .space = notifications[1 + n]};
        SK_TRY(sk_event_bell_add(&loop, &readers[n].bell, (seL4_Word)1 << n));
    }
    SK_TRY(run(fn, args, 3));
    for (unsigned n = 0; n < QUEUES; n++) {
        (void)seL4_CNode_Delete(slots[n].first.root.cptr, slots[n].first.index,
                                slots[n].first.depth);
        sk_boot_source()->give_slots(sk_boot_source(), slots[n]);
    }
    return SK_OK;
}

const char *a_loop_serves_two_queues_and_a_clock(void)
{
    sk_err e = two_to_one_loop();

    drop_notifications();
    if (e != SK_OK) {
        return "there is no room for three threads and two rings";
    }
    sk_printf("%lu and %lu messages, %u interrupts, %u beats\n", readers[0].received,
              readers[1].received, heart.interrupts, heart.beats);
    if (loop.strays != 0 || play.wrong != 0) {
        return "something came that was not sent";
    }
    if (heart.interrupts < 100 || heart.beats < 100) {
        return "the timer was not heard";
    }
    return readers[0].received == play.count && readers[1].received == play.count
               ? NULL
               : "messages were lost";
}
