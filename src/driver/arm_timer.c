/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/arm_timer.h>

#include <selkie/arch/driver/timer.h>

#define NS_A_SECOND 1000000000u
#define US_A_SECOND 1000000u

/*
 * count of one unit, in another. Units of which there are at most 1 << 32 in a second: seconds
 * are exact then, and the product of the rest fits into 64 bits. A result that does not fit is
 * the largest number.
 */
static uint64_t convert(uint64_t count, uint64_t from_a_second, uint64_t to_a_second,
                        bool is_rounded_up)
{
    uint64_t rest = count % from_a_second * to_a_second;
    uint64_t rounded = rest / from_a_second;
    uint64_t whole;

    if (is_rounded_up && rest % from_a_second != 0) {
        rounded++;
    }
    if (__builtin_mul_overflow(count / from_a_second, to_a_second, &whole) ||
        __builtin_add_overflow(whole, rounded, &whole)) {
        return UINT64_MAX;
    }
    return whole;
}

uint64_t sk_arm_timer_ns(const struct sk_arm_timer *t, uint64_t ticks)
{
    return convert(ticks, t->hz, NS_A_SECOND, false);
}

uint64_t sk_arm_timer_us(const struct sk_arm_timer *t, uint64_t ticks)
{
    return convert(ticks, t->hz, US_A_SECOND, false);
}

uint64_t sk_arm_timer_ticks(const struct sk_arm_timer *t, uint64_t ns)
{
    return convert(ns, NS_A_SECOND, t->hz, true);
}

static uint64_t clock_now(struct sk_clock *self)
{
    return sk_arm_timer_now_ns((const struct sk_arm_timer *)self);
}

static void clock_set_timeout(struct sk_clock *self, uint64_t when)
{
    sk_arm_timer_set((struct sk_arm_timer *)self, when);
}

sk_err sk_arm_timer_init(struct sk_arm_timer *t, uint64_t hz)
{
    uint64_t said = hz != 0 ? hz : sk_arch_timer_frequency();

    if (said == 0) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    if (said > (uint64_t)1 << 32) {
        return SK_ERR_RANGE;
    }
    *t = (struct sk_arm_timer){.clock = {clock_now, clock_set_timeout}, .hz = said};
    sk_arm_timer_cancel(t);
    return SK_OK;
}

uint64_t sk_arm_timer_now_ticks(const struct sk_arm_timer *t)
{
    (void)t;
    return sk_arch_timer_count();
}

uint64_t sk_arm_timer_now_ns(const struct sk_arm_timer *t)
{
    return sk_arm_timer_ns(t, sk_arch_timer_count());
}

uint64_t sk_arm_timer_now_us(const struct sk_arm_timer *t)
{
    return sk_arm_timer_us(t, sk_arch_timer_count());
}

void sk_arm_timer_set(struct sk_arm_timer *t, uint64_t when_ns)
{
    if (when_ns == SK_CLOCK_NEVER) {
        sk_arm_timer_cancel(t);
        return;
    }
    /* The comparator looks for "at least": a time that has gone by meanwhile is not missed. */
    sk_arch_timer_compare(sk_arm_timer_ticks(t, when_ns));
    sk_arch_timer_set_control(SK_ARCH_TIMER_ENABLE);
}

void sk_arm_timer_cancel(struct sk_arm_timer *t)
{
    (void)t;
    sk_arch_timer_set_control(0);
}

bool sk_arm_timer_interrupt(struct sk_arm_timer *t)
{
    const uint64_t due = SK_ARCH_TIMER_ENABLE | SK_ARCH_TIMER_DUE;
    bool is_due = (sk_arch_timer_control() & due) == due;

    if (is_due) {
        sk_arm_timer_cancel(t);
    }
    return is_due;
}
