/* SPDX-License-Identifier: BSD-2-Clause */
#include "domain_help.h"

#include <selkie/config.h>

#define FOR_EVER ((1ul << 56) - 1)

uint64_t turns_start;

void entry(seL4_Word index, seL4_Uint8 domain, seL4_Word duration)
{
    OK(seL4_DomainSet_ScheduleConfigure(DOMAIN, index, domain, duration));
}

void turns_begin(void)
{
    make(seL4_EndpointObject); /* the first object of a test takes long on real seL4 */
    entry(0, 0, us_to_ticks(TURN_0_US));
    entry(1, 1, us_to_ticks(TURN_1_US));
    entry(2, 0, 0);
    turns_start = counter_read();
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 0));
}

void turns_end(void)
{
    entry(0, 0, FOR_EVER);
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 0));
    for (seL4_Word index = 1; index < 6; index++) {
        entry(index, 0, 0);
    }
}

seL4_Word now_us(void)
{
    return (counter_read() - turns_start) * 2 / TICKS_PER_2_US;
}

void wait_until(seL4_Word us)
{
    while (now_us() < us) {
    }
}

void need_domains(void)
{
    if (SK_CFG_NUM_DOMAINS == 1) {
        skip("the kernel has one domain");
    }
    if (!SK_CFG_EXPORT_PCNT_USER) {
        skip("the kernel does not export CNTPCT");
    }
}

struct thread *member(struct members *all, void (*body)(void *arg), seL4_Word priority,
                      seL4_Uint8 domain)
{
    struct actor *actor = &all->actors[all->count];
    struct thread *thread = thread_make(body, actor, priority);

    *actor = (struct actor){.trace = &all->trace,
                            .letter = (char)('a' + all->count),
                            .notification = make(seL4_NotificationObject)};
    OK(seL4_DomainSet_Set(DOMAIN, domain, thread->tcb));
    all->threads[all->count] = thread;
    all->count++;
    return thread;
}

void member_run(struct members *all, void (*body)(void *arg), seL4_Word priority,
                seL4_Uint8 domain)
{
    thread_start(member(all, body, priority, domain));
}
