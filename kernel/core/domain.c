/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/domain.h"

#include "core/sched.h"

static void enter(struct kernel *k, uint64_t index, uint64_t now)
{
    const struct domain_entry *e = &k->domain_schedule[index];

    k->domain_index = index;
    k->domain = (uint8_t)e->domain;
    k->domain_end = now + e->duration;
    k->must_choose = 1;
    k->must_set_timer = 1;
}

void sk_kdomain_boot(struct kernel *k)
{
    k->domain_schedule[0].duration = DOMAIN_DURATION_MAX;
    k->now = sk_arch_now(&k->machine);
    enter(k, 0, k->now);
}

void sk_kdomain_start(struct kernel *k, uint64_t index)
{
    k->domain_start = index;
    enter(k, index, k->now);
}

void sk_kdomain_tick(struct kernel *k, uint64_t now)
{
    uint64_t next = k->domain_index + 1;

    if (SK_CFG_NUM_DOMAINS == 1 || now < k->domain_end) {
        return;
    }
    if (k->domain_schedule[next].duration == 0) {
        next = k->domain_start;
    }
    enter(k, next, now);
}
