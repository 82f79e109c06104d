/*
 * Readings go through a ring to an event loop with a clock.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/cap/cnode.h>
#include <selkie/driver/arm_timer.h>
#include <selkie/driver/irq.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#include "queues.h"

/* What signals our notification, and which bit says so. */
#define BELL  1u
#define TIMER 2u

static struct sk_event_loop loop;
static struct sk_arm_timer timer;
static struct sk_ring_producer sensors_end;
static struct collector collector;
static struct heart heart;
static _Alignas(64) char shared[1024];

/* The loop acknowledges it afterwards, and looks what time it is. */
static void on_timer(struct sk_event_irq *irq)
{
    (void)irq;
    (void)sk_arm_timer_interrupt(&timer);
}

static sk_notification make_notification(struct sk_source *source)
{
    sk_slots slots;

    sk_assert(source->take_slots(source, 1, &slots) == SK_OK);
    sk_assert(source->make_object(source, SK_BLUEPRINT(Notification), slots.first) == SK_OK);
    return (sk_notification){sk_slot_cptr(slots.first)};
}

/* A capability to the notification with a badge. */
static sk_notification make_bell(struct sk_source *source, sk_notification n, seL4_Word badge)
{
    sk_slots slots;

    sk_assert(source->take_slots(source, 1, &slots) == SK_OK);
    sk_assert(seL4_CNode_Mint(slots.first.root.cptr, slots.first.index, slots.first.depth,
                              seL4_CapInitThreadCNode, n.cptr, seL4_WordBits, seL4_CanWrite,
                              badge) == seL4_NoError);
    return (sk_notification){sk_slot_cptr(slots.first)};
}

static sk_err make_ring(struct sk_source *source, sk_notification mine)
{
    const struct sk_ring_layout layout = sk_ring_layout(64, sizeof(uint64_t));
    const struct sk_ring_memory memory = {.queue = shared, .queue_size = sizeof(shared)};
    const sk_notification bell = make_bell(source, mine, BELL);

    collector.space = make_notification(source);
    SK_TRY(sk_ring_clear(&layout, &memory));
    SK_TRY(sk_ring_producer_init(&sensors_end, &layout, &memory, bell, collector.space));
    SK_TRY(sk_ring_consumer_init(&collector.ring, &layout, &memory, collector.space, mine));
    return sk_event_bell_add(&loop, &collector.bell, BELL);
}

static sk_err run(struct sk_source *source)
{
    static struct sk_event_irq ticks = {.fn = on_timer};
    SK_AUTO(sk_irq) irq = {0};
    const sk_notification mine = make_notification(source);
    struct sk_thread *thread;

    SK_TRY(sk_arm_timer_init(&timer, 0));
    sk_event_loop_init(
        &loop, &(struct sk_event_loop_options){.notification = mine, .clock = &timer.clock});
    SK_TRY(sk_irq_open(source, (sk_irq_control){seL4_CapIRQControl}, SK_ARM_TIMER_IRQ, mine,
                       TIMER, &irq));
    ticks.handler.cptr = sk_slot_cptr(irq.slots.first);
    SK_TRY(sk_event_loop_add_irq(&loop, &ticks, TIMER));
    SK_TRY(make_ring(source, mine));
    SK_TRY(sk_thread_start(sensor, &sensors_end,
                           &(struct sk_thread_options){.name = "sensor", .priority = 100},
                           &thread));
    collector.heart = &heart.coroutine;
    heart_start(&heart, &loop);
    collector_start(&collector, &loop);
    sk_event_loop_run(&loop);
    sk_thread_join(thread, NULL);
    return SK_OK;
}

SK_ROOT_TASK(bi)
{
    (void)bi;
    sk_assert(run(sk_boot_source()) == SK_OK);
    sk_printf("%lu readings, sum %lu, %s\n", collector.count, collector.sum,
              collector.is_broken     ? "from a broken ring"
              : collector.is_in_order ? "in order"
                                      : "in disorder");
    sk_printf("the heart %s, and was %s\n", heart.beats >= 10 ? "beat" : "stood still",
              heart.coroutine.is_cancelled ? "cancelled" : "left alone");
    return 0;
}
