/*
 * Domains that are linked with libmicrokit, as Microkit's are, are put into address spaces and
 * CSpaces by hand: calls and signals, deferred or not, a passive server, an interrupt, faults
 * to a parent that restarts, with and without what restores memory, and the ways to crash.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/fault.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

#include "plot.h"
#include "say.h"
#include "stage.h"

#define TIMER_IRQ 30 /* of the physical timer */

extern const char client_image[], server_image[], listener_image[], timer_image[],
    parent_image[], child_image[], crasher_image[];

enum { DOMAIN_COUNT = 20 };

static seL4_CPtr ours, reply;
static struct domain domains[DOMAIN_COUNT];
static unsigned domain_count;

/* A domain that can say something, and whose faults come to us. */
static struct domain *make(struct domain d)
{
    sk_assert(domain_count < DOMAIN_COUNT);
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
        sk_printf("%s: traps with 0x%lx\n", d->name, fault.exception.number);
    }
}

/* Print what domains say until nobody says anything. */
static void listen(void)
{
    seL4_Word badge;
    seL4_MessageInfo_t info;

    for (;;) {
        stage_be_last();
        info = seL4_NBRecv(ours, &badge, reply);
        if (badge == 0) {
            return;
        }
        const struct domain *d = &domains[badge % SK_MICROKIT_CHANNELS - 1];

        if ((badge & SK_MICROKIT_BADGE_FAULT) != 0) {
            print_fault(d, info);
            sk_assert(seL4_TCB_Suspend(d->tcb.cptr) == seL4_NoError);
            continue;
        }
        sk_assert(seL4_MessageInfo_get_length(info) == SAY_WORDS);
        sk_printf("%s: %s %lu\n", d->name, (const char *)&seL4_GetIPCBuffer()->msg[1],
                  seL4_GetMR(0));
        seL4_Send(reply, seL4_MessageInfo_new(0, 0, 0, 0));
    }
}

/* A client, its server, and somebody who is told later. */
static void talk(void)
{
    struct domain *client =
        make((struct domain){.name = "client", .image = client_image, .priority = 50});
    struct domain *server = make((struct domain){.name = "server",
                                                 .image = server_image,
                                                 .priority = 60,
                                                 .is_passive = true,
                                                 .is_called = true});
    struct domain *listener = make((struct domain){
        .name = "listener", .image = listener_image, .priority = 40, .is_passive = true});

    stage_call(client, CALL_SERVER, server, CLIENT_CALLS);
    stage_notify(client, SIGNAL_SERVER, server, CLIENT_SIGNALS);
    stage_notify(client, SIGNAL_SERVER_TOO, server, CLIENT_SIGNALS_TOO);
    stage_notify(server, TO_CLIENT, client, FROM_SERVER);
    stage_notify(client, TO_LISTENER_5, listener, 5);
    stage_notify(client, TO_LISTENER_2, listener, 2);
    stage_start(server);
    listen();
    stage_start(listener);
    listen();
    stage_start(client);
    listen();
}

static void tick(void)
{
    struct domain *timer =
        make((struct domain){.name = "timer", .image = timer_image, .priority = 50});

    stage_irq(timer, TICK, TIMER_IRQ);
    stage_start(timer);
    for (unsigned i = 0; i < 3; i++) {
        seL4_Word badge;

        seL4_Recv(ours, &badge, reply);
        sk_printf("timer: %s %lu\n", (const char *)&seL4_GetIPCBuffer()->msg[1], seL4_GetMR(0));
        seL4_Send(reply, seL4_MessageInfo_new(0, 0, 0, 0));
    }
}

/* Three children of one parent. */
static void restart(void)
{
    struct domain *parent = make((struct domain){
        .name = "parent", .image = parent_image, .priority = 70, .is_called = true});
    struct domain child = {.image = child_image, .priority = 45, .is_restored = true};
    struct domain *forgetful, *keeper, *stepper;

    child.name = "forgetful";
    forgetful = make(child);
    child.is_restored = false;
    child.name = "keeper";
    keeper = make(child);
    child.name = "stepper";
    stepper = make(child);
    stage_child(parent, forgetful, FORGETFUL);
    stage_child(parent, keeper, KEEPER);
    stage_child(parent, stepper, STEPPER);
    stage_notify(stepper, TO_PARENT, parent, FROM_STEPPER);
    stage_start(parent);
    listen();
    stage_start(forgetful);
    listen();
    stage_start(keeper);
    listen();
    stage_start(stepper);
    listen();
}

static struct domain *make_crasher(const char *name, bool is_called)
{
    return make((struct domain){
        .name = name, .image = crasher_image, .priority = 50, .is_called = is_called});
}

static void crash(void)
{
    static const char *const names[] = {"irq", "pd_restart", "stop", "resume", "assertion"};
    struct domain *called = make_crasher("no protected()", true);
    struct domain *parent = make_crasher("no fault()", true);
    struct domain *caller = make_crasher("caller", false);
    struct domain *child = make_crasher("assertion too", false);

    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct domain *d = make_crasher(names[i], false);

        stage_set_bit(d, "microkit_irqs", 0, i == 0 ? 7 : 63);
        stage_start(d);
        listen();
    }
    stage_call(caller, 5, called, 0);
    stage_child(parent, child, 0);
    stage_start(called);
    stage_start(caller);
    listen();
    stage_start(parent);
    stage_start(child);
    listen();
}

SK_ROOT_TASK(bi)
{
    ours = stage_make(SK_BLUEPRINT(Endpoint));
    reply = stage_make(SK_BLUEPRINT(Reply));
    talk();
    tick();
    restart();
    crash();
    return 0;
}
