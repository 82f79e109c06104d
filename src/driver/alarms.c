/*
 * A pairing heap: a tree in which no alarm is earlier than the one above it. The children of an
 * alarm are a list; place is what points to an alarm, in that list or at its head.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/driver/alarms.h>

#include <stddef.h>

static bool is_before(const struct sk_alarm *a, const struct sk_alarm *b)
{
    return a->when < b->when || (a->when == b->when && a->number < b->number);
}

/* One heap of two; either may be NULL. */
static struct sk_alarm *merge(struct sk_alarm *a, struct sk_alarm *b)
{
    if (a == NULL || b == NULL) {
        return a == NULL ? b : a;
    }
    struct sk_alarm *upper = is_before(b, a) ? b : a;
    struct sk_alarm *lower = upper == a ? b : a;

    lower->sibling = upper->child;
    if (lower->sibling != NULL) {
        lower->sibling->place = &lower->sibling;
    }
    upper->child = lower;
    lower->place = &upper->child;
    return upper;
}

/* The first of a list, which is then one shorter. */
static struct sk_alarm *take(struct sk_alarm **list)
{
    struct sk_alarm *alarm = *list;

    if (alarm != NULL) {
        *list = alarm->sibling;
        alarm->sibling = NULL;
    }
    return alarm;
}

/* One heap of a list of them: by pairs, and then these, the last first. */
static struct sk_alarm *merge_all(struct sk_alarm *list)
{
    struct sk_alarm *pairs = NULL;
    struct sk_alarm *all = NULL;

    while (list != NULL) {
        struct sk_alarm *one = take(&list);
        struct sk_alarm *pair = merge(one, take(&list));

        pair->sibling = pairs;
        pairs = pair;
    }
    while (pairs != NULL) {
        all = merge(all, take(&pairs));
    }
    return all;
}

static void set_first(struct sk_alarms *a, struct sk_alarm *first)
{
    a->first = first;
    if (first != NULL) {
        first->place = &a->first;
    }
}

static void insert(struct sk_alarms *a, struct sk_alarm *alarm)
{
    alarm->number = ++a->last_number;
    alarm->child = NULL;
    alarm->sibling = NULL;
    set_first(a, merge(a->first, alarm));
}

static void remove(struct sk_alarms *a, struct sk_alarm *alarm)
{
    /*
     * It leaves its list, which for the first one is itself, and its children come back. One
     * that is due has none.
     */
    *alarm->place = alarm->sibling;
    if (alarm->sibling != NULL) {
        alarm->sibling->place = alarm->place;
    }
    alarm->place = NULL;
    set_first(a, merge(a->first, merge_all(alarm->child)));
}

static void tell(struct sk_alarms *a, bool is_changed)
{
    uint64_t when = a->first == NULL ? SK_CLOCK_NEVER : a->first->when;

    if (!a->is_running && (is_changed || when != a->told)) {
        a->told = when;
        a->clock->set_timeout(a->clock, when);
    }
}

void sk_alarms_init(struct sk_alarms *a, struct sk_clock *clock)
{
    *a = (struct sk_alarms){.clock = clock};
    tell(a, true);
}

uint64_t sk_alarms_now(const struct sk_alarms *a)
{
    return a->clock->now(a->clock);
}

void sk_alarms_set(struct sk_alarms *a, struct sk_alarm *alarm, uint64_t when, uint64_t period)
{
    if (sk_alarm_is_set(alarm)) {
        remove(a, alarm);
    }
    alarm->when = when;
    alarm->period = period;
    alarm->missed = 0;
    if (when != SK_CLOCK_NEVER) {
        insert(a, alarm);
    }
    tell(a, false);
}

void sk_alarms_cancel(struct sk_alarms *a, struct sk_alarm *alarm)
{
    if (sk_alarm_is_set(alarm)) {
        remove(a, alarm);
        tell(a, false);
    }
}

/* Set a periodic alarm to its next time that has not gone by. */
static void repeat(struct sk_alarms *a, struct sk_alarm *alarm, uint64_t now)
{
    uint64_t missed = (now - alarm->when) / alarm->period;
    uint64_t last = alarm->when + missed * alarm->period; /* at most now */

    alarm->missed += missed;
    if (!__builtin_add_overflow(last, alarm->period, &alarm->when) &&
        alarm->when != SK_CLOCK_NEVER) {
        insert(a, alarm);
    }
}

/* Those whose time has come, out of the heap and into a list, the first one first. */
static void collect(struct sk_alarms *a, uint64_t now)
{
    struct sk_alarm **end = &a->due;

    while (a->first != NULL && a->first->when <= now) {
        struct sk_alarm *alarm = a->first;

        remove(a, alarm);
        alarm->child = NULL;
        alarm->sibling = NULL;
        alarm->place = end;
        *end = alarm;
        end = &alarm->sibling;
    }
}

unsigned sk_alarms_run(struct sk_alarms *a)
{
    uint64_t now = sk_alarms_now(a);
    unsigned count = 0;

    if (a->is_running) {
        return 0;
    }
    a->is_running = true;
    collect(a, now);
    while (a->due != NULL) {
        struct sk_alarm *alarm = a->due;
        uint64_t when = alarm->when;

        remove(a, alarm);
        if (alarm->period != 0) {
            repeat(a, alarm, now);
        }
        count++;
        alarm->fn(alarm, when);
    }
    a->is_running = false;
    tell(a, true);
    return count;
}
