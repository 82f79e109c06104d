/*
 * 32 alarms, one-shot and periodic, over the one physical timer: none is early, none is missed,
 * the periods do not drift; how late they were is printed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/notification.h>
#include <selkie/cap/owned.h>
#include <selkie/driver/alarms.h>
#include <selkie/driver/arm_timer.h>
#include <selkie/driver/irq.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#define COUNT      32
#define KERNEL_IRQ 27 /* the virtual timer's */
#define BADGE      0x10
#define MS         1000000u
#define LENGTH     (200 * (uint64_t)MS)
#define LATEST     (2 * (uint64_t)MS)

struct bell {
    struct sk_alarm alarm; /* first */
    uint64_t first;
    unsigned calls;
    uint64_t drift; /* of the last call's time from what it should be */
};

static struct sk_arm_timer timer;
static struct sk_alarms alarms;
static struct bell bells[COUNT];
static uint64_t calls, latency_sum, latency_max;

static void ring(struct sk_alarm *self, uint64_t when)
{
    struct bell *b = (struct bell *)self;
    uint64_t now = sk_alarms_now(&alarms);

    sk_assert(now >= when);
    latency_sum += now - when;
    latency_max = now - when > latency_max ? now - when : latency_max;
    b->drift = when - (b->first + b->calls * self->period);
    b->calls++;
    calls++;
}

static void check_time(void)
{
    uint64_t ticks = sk_arm_timer_now_ticks(&timer);
    uint64_t ns = sk_arm_timer_now_ns(&timer);

    sk_assert(ns >= sk_arm_timer_ns(&timer, ticks));
    sk_assert(sk_arm_timer_now_us(&timer) >= ns / 1000);
    sk_printf("%lu ticks a second\n", (unsigned long)timer.hz);
}

/* A time that has gone by interrupts at once; one that is cancelled does not. */
static void check_interrupt(sk_notification n, const sk_irq *irq)
{
    sk_arm_timer_set(&timer, 0);
    sk_assert(sk_notification_wait(n) == BADGE);
    sk_assert(sk_arm_timer_interrupt(&timer) && !sk_arm_timer_interrupt(&timer));
    sk_assert(sk_irq_ack(irq) == SK_OK);
    sk_arm_timer_set(&timer, sk_arm_timer_now_ns(&timer) + MS);
    sk_arm_timer_cancel(&timer);
    for (uint64_t end = sk_arm_timer_now_ns(&timer) + 2 * MS;
         sk_arm_timer_now_ns(&timer) < end;) {
    }
    sk_assert(sk_notification_poll(n) == 0);
}

/* Every other one is periodic, by 1 ms and something. */
static void set_all(uint64_t start)
{
    for (unsigned i = 0; i < COUNT; i++) {
        struct bell *b = &bells[i];

        b->alarm.fn = ring;
        b->first = start + (i + 1) * (uint64_t)MS * 5 / 2;
        sk_alarms_set(&alarms, &b->alarm, b->first, i % 2 == 0 ? 0 : MS + i * 123457);
    }
}

/* How often an alarm had to be called until end; a periodic one is cancelled. */
static uint64_t expected(struct bell *b, uint64_t end)
{
    uint64_t period = b->alarm.period;

    sk_assert(sk_alarm_is_set(&b->alarm) == (period != 0));
    sk_assert(b->alarm.missed == 0 && b->drift == 0);
    sk_alarms_cancel(&alarms, &b->alarm);
    return period == 0 ? 1 : (end - b->first) / period + 1;
}

static void run(sk_notification n, const sk_irq *irq)
{
    uint64_t start = sk_alarms_now(&alarms);
    uint64_t last = start;
    unsigned turns = 0;

    set_all(start);
    while (last < start + LENGTH) {
        sk_assert(sk_notification_wait(n) == BADGE);
        sk_assert(sk_arm_timer_interrupt(&timer));
        last = sk_alarms_now(&alarms);
        (void)sk_alarms_run(&alarms);
        sk_assert(sk_irq_ack(irq) == SK_OK);
        turns++;
    }
    for (unsigned i = 0; i < COUNT; i++) {
        bool is_once = bells[i].alarm.period == 0;
        uint64_t least = expected(&bells[i], last);

        /* The last turn may have called one that came due after the time was looked at. */
        sk_assert(bells[i].calls >= least && bells[i].calls <= (is_once ? 1 : least + 1));
    }
    sk_assert(latency_max < LATEST);
    sk_printf(
        "%u alarms, %lu calls by %u interrupts in %lu ms; late by %lu ns, at most %lu ns\n",
        COUNT, (unsigned long)calls, turns, (unsigned long)(LENGTH / MS),
        (unsigned long)(latency_sum / calls), (unsigned long)latency_max);
}

SK_ROOT_TASK(bi)
{
    const sk_irq_control control = {seL4_CapIRQControl};
    struct sk_source *source = sk_boot_source();
    sk_owned_object object;
    sk_irq irq;

    (void)bi;
    sk_assert(sk_owned_object_make(source, SK_BLUEPRINT(Notification), &object) == SK_OK);
    sk_notification n = {sk_owned_object_cptr(&object)};

    sk_assert(sk_arm_timer_init(&timer, 0) == SK_OK);
    check_time();
    sk_assert(sk_irq_open(source, control, KERNEL_IRQ, n, BADGE, &irq) == SK_ERR_REVOKE_FIRST);
    sk_assert(sk_irq_open(source, control, SK_ARM_TIMER_IRQ, n, BADGE, &irq) == SK_OK);
    check_interrupt(n, &irq);
    sk_alarms_init(&alarms, &timer.clock);
    run(n, &irq);
    sk_irq_drop(&irq);
    sk_puts("no alarm was early, none was missed, no period drifts");
    return 0;
}
