/* SPDX-License-Identifier: BSD-2-Clause */
#include "hall.h"

#include <selkie/cap/fault.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "say.h"

enum { DOMAIN_COUNT = 21 };

static seL4_CPtr ours, reply;
static struct domain domains[DOMAIN_COUNT];
static unsigned domain_count;

struct domain *hall_make(struct domain d)
{
    sk_assert(domain_count < DOMAIN_COUNT);
    if (domain_count == 0) {
        ours = stage_make(SK_BLUEPRINT(Endpoint));
        reply = stage_make(SK_BLUEPRINT(Reply));
    }
    struct domain *made = &domains[domain_count++];

    *made = d;
    stage_domain(made);
    stage_call_us(made, SAY, ours, SK_MICROKIT_BADGE_CALL | domain_count);
    stage_faults(made, ours, SK_MICROKIT_BADGE_FAULT | domain_count);
    return made;
}

static void print_fault(const struct domain *d, seL4_MessageInfo_t info)
{
    seL4_Word words[SK_FAULT_WORDS];
    struct sk_fault fault;

    for (unsigned i = 0; i < SK_FAULT_WORDS; i++) {
        words[i] = seL4_GetMR((int)i);
    }
    sk_assert(sk_fault_decode(info, words, &fault) == SK_OK);
    if (fault.kind == SK_FAULT_VM) {
        sk_printf("%s: faults at 0x%lx\n", d->name, fault.vm.address);
    } else {
        sk_printf("%s: traps\n", d->name);
    }
}

static void hear(seL4_Word badge, seL4_MessageInfo_t info)
{
    const struct domain *d = &domains[badge % SK_MICROKIT_CHANNELS - 1];

    if ((badge & SK_MICROKIT_BADGE_FAULT) != 0) {
        print_fault(d, info);
        sk_assert(seL4_TCB_Suspend(d->tcb.cptr) == seL4_NoError);
        return;
    }
    sk_assert(seL4_MessageInfo_get_length(info) == SAY_WORDS);
    sk_printf("%s: %s %lu\n", d->name, (const char *)&seL4_GetIPCBuffer()->msg[1],
              seL4_GetMR(0));
    seL4_Send(reply, seL4_MessageInfo_new(0, 0, 0, 0));
}

void hall_listen(void)
{
    for (;;) {
        seL4_Word badge;
        seL4_MessageInfo_t info;

        stage_be_last();
        info = seL4_NBRecv(ours, &badge, reply);
        if (badge == 0) {
            return;
        }
        hear(badge, info);
    }
}

void hall_wait(unsigned count)
{
    while (count-- > 0) {
        seL4_Word badge;
        seL4_MessageInfo_t info = seL4_Recv(ours, &badge, reply);

        hear(badge, info);
    }
}
