/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/budget.h"

static uint32_t ring_index(const struct sched_context *sc, uint32_t n)
{
    uint32_t i = sc->refill_head + n;

    return i < sc->refill_max ? i : i - sc->refill_max;
}

static struct refill *tail(struct sched_context *sc)
{
    return &sc->refills[ring_index(sc, sc->refill_count - 1)];
}

static struct refill pop(struct sched_context *sc)
{
    struct refill first = *budget_head(sc);

    sc->refill_head = ring_index(sc, 1);
    sc->refill_count--;
    return first;
}

/*
 * The last refill takes in a new one that it meets. In a full ring it takes in any; together
 * they end when the new one did.
 */
static void append(struct sched_context *sc, struct refill r)
{
    if (sc->refill_count != 0 && r.time <= tail(sc)->time + tail(sc)->amount) {
        tail(sc)->amount += r.amount;
        return;
    }
    if (sc->refill_count == sc->refill_max) {
        if (r.time > tail(sc)->time + tail(sc)->amount) {
            tail(sc)->time = r.time - tail(sc)->amount;
        }
        tail(sc)->amount += r.amount;
        return;
    }
    sc->refill_count++;
    *tail(sc) = r;
}

/* A first refill too small to run on is joined to the second. */
static void merge_small(struct sched_context *sc)
{
    while (sc->refill_count > 1 && budget_head(sc)->amount < budget_ticks(BUDGET_MINIMUM_US)) {
        struct refill first = pop(sc);

        budget_head(sc)->amount += first.amount;
        budget_head(sc)->time -= first.amount;
    }
}

uint64_t sk_kbudget_capacity(uint64_t size_bits)
{
    return ((1ull << size_bits) - sizeof(struct sched_context)) / sizeof(struct refill);
}

void sk_kbudget_configure(struct sched_context *sc, uint64_t now, uint64_t budget,
                          uint64_t period, uint32_t refill_max)
{
    sc->budget = budget;
    sc->period = period;
    sc->refill_max = refill_max;
    sc->refill_head = 0;
    sc->refill_count = 1;
    sc->refills[0] = (struct refill){.time = now, .amount = budget};
}

void sk_kbudget_change(struct sched_context *sc, uint64_t now, uint64_t budget, uint64_t period,
                       uint32_t refill_max)
{
    struct refill head = *budget_head(sc);

    sk_kbudget_configure(sc, now, budget, period, refill_max);
    if (head.time > now) {
        budget_head(sc)->time = head.time;
    }
    if (budget_is_round_robin(sc)) {
        budget_head(sc)->time = now;
    } else if (head.amount < budget) {
        budget_head(sc)->amount = head.amount;
        append(sc, (struct refill){.time = budget_head(sc)->time + period,
                                   .amount = budget - head.amount});
    }
}

static bool charge_slice(struct sched_context *sc, uint64_t now, uint64_t ticks)
{
    struct refill *head = budget_head(sc);

    if (head->amount > ticks && head->amount - ticks >= budget_ticks(BUDGET_MINIMUM_US)) {
        head->amount -= ticks;
        return false;
    }
    *head = (struct refill){.time = now, .amount = sc->budget};
    return true;
}

bool sk_kbudget_charge(struct sched_context *sc, uint64_t now, uint64_t ticks)
{
    sc->consumed += ticks;
    if (budget_is_round_robin(sc)) {
        return charge_slice(sc, now, ticks);
    }
    while (ticks >= budget_head(sc)->amount) {
        struct refill used = pop(sc);

        ticks -= used.amount;
        used.time += sc->period;
        append(sc, used);
    }
    if (ticks != 0) {
        struct refill *head = budget_head(sc);
        struct refill used = {.time = head->time + sc->period, .amount = ticks};

        head->time += ticks;
        head->amount -= ticks;
        append(sc, used);
    }
    merge_small(sc);
    return budget_head(sc)->time > now;
}

void sk_kbudget_forfeit(struct sched_context *sc, uint64_t now, uint64_t ticks)
{
    struct refill used = *budget_head(sc);

    sc->consumed += ticks;
    if (budget_is_round_robin(sc)) {
        *budget_head(sc) = (struct refill){.time = now, .amount = sc->budget};
        return;
    }
    (void)pop(sc);
    used.time += sc->period;
    append(sc, used);
    merge_small(sc);
}

void sk_kbudget_resume(struct sched_context *sc, uint64_t now)
{
    if (budget_is_round_robin(sc) || budget_head(sc)->time > now) {
        return;
    }
    budget_head(sc)->time = now;
    while (sc->refill_count > 1) {
        struct refill first = *budget_head(sc);

        if (sc->refills[ring_index(sc, 1)].time > first.time + first.amount) {
            return;
        }
        (void)pop(sc);
        budget_head(sc)->amount += first.amount;
        budget_head(sc)->time = first.time;
    }
}
