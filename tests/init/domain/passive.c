/*
 * The servers. All have the same loop; they differ in what they do before.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/driver/timer.h>

#include "domain.h"

#define IS_CALL (1ul << 63)

struct server {
    seL4_Word signals;
    seL4_Word badges;
    seL4_Word answers; /* that came while it started */
};

static void ask_and_count(struct server *s, enum plan_domain whom)
{
    ask(whom, ASK_COUNT, 0);
    s->answers++;
}

static void start(struct server *s, enum plan_domain self)
{
    if (self == DOMAIN_CALLER) {
        ask_and_count(s, DOMAIN_ACTIVE);
        ask_and_count(s, DOMAIN_SERVER);
        ask_and_count(s, DOMAIN_ACTIVE);
    }
    if (self == DOMAIN_LATE) {
        ask_and_count(s, DOMAIN_ACTIVE);
    }
}

static seL4_MessageInfo_t answer(const struct server *s, seL4_MessageInfo_t question)
{
    if (seL4_MessageInfo_get_label(question) == ASK_SPIN) {
        uint64_t end = sk_arch_timer_count() + seL4_GetMR(0);

        while (sk_arch_timer_count() < end) {
        }
    }
    seL4_SetMR(0, s->signals);
    seL4_SetMR(1, s->badges);
    seL4_SetMR(2, s->answers);
    return seL4_MessageInfo_new(0, 0, 0, 3);
}

void serve(enum plan_domain self)
{
    struct server s = {0};
    seL4_Word badge = 0;

    start(&s, self);
    seL4_MessageInfo_t message = seL4_Recv(SLOT_INPUT, &badge, SLOT_REPLY);
    for (;;) {
        if ((badge & IS_CALL) != 0) {
            message = seL4_ReplyRecv(SLOT_INPUT, answer(&s, message), &badge, SLOT_REPLY);
            continue;
        }
        s.signals++;
        s.badges |= badge;
        if (badge == PLAN_IRQ_BADGE) {
            (void)seL4_IRQHandler_Ack(SLOT_IRQ);
        }
        message = seL4_Recv(SLOT_INPUT, &badge, SLOT_REPLY);
    }
}
