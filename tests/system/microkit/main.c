/*
 * Domains that are linked with libmicrokit, as Microkit's are, are put into address spaces and
 * CSpaces by hand: calls and signals, deferred or not, a passive server, an interrupt, faults
 * to a parent that restarts, with and without what restores memory, and the ways to crash.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/arch/driver/timer.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>

#include "hall.h"
#include "plot.h"

#define TIMER_IRQ 30 /* of the physical timer */

extern const char client_image[], server_image[], listener_image[], timer_image[],
    parent_image[], child_image[], crasher_image[];

/* A client, its server, and somebody who is told later. */
static void talk(void)
{
    struct domain *client =
        hall_make((struct domain){.name = "client", .image = client_image, .priority = 50});
    struct domain *server = hall_make((struct domain){.name = "server",
                                                      .image = server_image,
                                                      .priority = 60,
                                                      .is_passive = true,
                                                      .is_called = true});
    struct domain *listener = hall_make((struct domain){
        .name = "listener", .image = listener_image, .priority = 40, .is_passive = true});

    stage_call(client, CALL_SERVER, server, CLIENT_CALLS);
    stage_notify(client, SIGNAL_SERVER, server, CLIENT_SIGNALS);
    stage_notify(client, SIGNAL_SERVER_TOO, server, CLIENT_SIGNALS_TOO);
    stage_notify(server, TO_CLIENT, client, FROM_SERVER);
    stage_notify(client, TO_LISTENER_5, listener, 5);
    stage_notify(client, TO_LISTENER_2, listener, 2);
    stage_start(server);
    hall_listen();
    stage_start(listener);
    hall_listen();
    stage_start(client);
    hall_listen();
}

/* It comes before the domain is there, and nobody acknowledges it. */
static void interrupt_early(seL4_CPtr handler)
{
    seL4_CPtr ours = stage_make(SK_BLUEPRINT(Notification));

    sk_assert(seL4_IRQHandler_SetNotification(handler, ours) == seL4_NoError);
    sk_arch_timer_compare(0);
    sk_arch_timer_set_control(SK_ARCH_TIMER_ENABLE);
    seL4_Wait(ours, NULL);
    sk_arch_timer_set_control(0);
}

static void tick(void)
{
    struct domain *timer =
        hall_make((struct domain){.name = "timer", .image = timer_image, .priority = 50});
    seL4_CPtr handler = stage_irq(timer, TICK, TIMER_IRQ);

    interrupt_early(handler);
    stage_irq_tell(timer, TICK, handler);
    stage_start(timer);
    hall_wait(3);
}

/* Four children of one parent. */
static void restart(void)
{
    struct domain *parent = hall_make((struct domain){
        .name = "parent", .image = parent_image, .priority = 70, .is_called = true});
    struct domain child = {.image = child_image, .priority = 45, .is_restored = true};
    struct domain *forgetful, *keeper, *stepper, *quitter;

    child.name = "forgetful";
    forgetful = hall_make(child);
    child.is_restored = false;
    child.name = "keeper";
    keeper = hall_make(child);
    child.name = "stepper";
    stepper = hall_make(child);
    child.name = "quitter";
    quitter = hall_make(child);
    stage_child(parent, forgetful, FORGETFUL);
    stage_child(parent, keeper, KEEPER);
    stage_child(parent, stepper, STEPPER);
    stage_child(parent, quitter, QUITTER);
    stage_notify(stepper, TO_PARENT, parent, FROM_STEPPER);
    stage_start(parent);
    hall_listen();
    stage_start(forgetful);
    hall_listen();
    stage_start(keeper);
    hall_listen();
    stage_start(stepper);
    hall_listen();
    stage_start(quitter);
    hall_listen();
}

static struct domain *make_crasher(const char *name, bool is_called)
{
    return hall_make((struct domain){
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
        hall_listen();
    }
    stage_call(caller, 5, called, 0);
    stage_child(parent, child, 0);
    stage_start(called);
    stage_start(caller);
    hall_listen();
    stage_start(parent);
    stage_start(child);
    hall_listen();
}

SK_ROOT_TASK(bi)
{
    talk();
    tick();
    restart();
    crash();
    return 0;
}
