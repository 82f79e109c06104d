/* SPDX-License-Identifier: BSD-2-Clause */
#include "machine.h"

#include <selkie/cap/tcb.h>
#include <selkie/rt/env.h>

#define PORT_PADDR 0x9000000
#define PORT_IRQ   33

/* The port's page, for good. */
static sk_err map_port(struct sk_manager *manager, uintptr_t *ret_vaddr)
{
    const struct sk_map_options options = {.is_device = true};
    struct sk_source *source = &manager->source;
    sk_slots slots;

    SK_TRY(source->take_slots(source, 1, &slots));
    SK_TRY(sk_manager_make_at(manager, sk_blueprint_frame(seL4_PageBits), PORT_PADDR,
                              slots.first));

    SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(manager);
    return sk_address_space_map(&manager->space, (sk_frame){sk_slot_cptr(slots.first)},
                                seL4_PageBits, &options, ret_vaddr);
}

sk_err machine_open(struct machine *m, struct sk_manager *manager, struct sk_pl011 *port,
                    const struct sk_pl011_options *options)
{
    const sk_irq_control control = {seL4_CapIRQControl};
    struct sk_source *source = &manager->source;
    struct sk_env env;
    uintptr_t page;

    sk_env_get(&env);
    SK_TRY(sk_owned_object_make(source, SK_BLUEPRINT(Notification), &m->signals));
    sk_notification signals = {sk_owned_object_cptr(&m->signals)};

    SK_TRY(sk_tcb_bind_notification(env.tcb, signals));
    SK_TRY(map_port(manager, &page));
    SK_TRY(sk_pl011_init(port, (volatile struct sk_pl011_registers *)page, options));
    SK_TRY(sk_irq_open(source, control, PORT_IRQ, signals, MACHINE_SIGNAL | MACHINE_PORT,
                       &m->port_irq));
    SK_TRY(sk_arm_timer_init(&m->timer, 0));
    SK_TRY(sk_irq_open(source, control, SK_ARM_TIMER_IRQ, signals,
                       MACHINE_SIGNAL | MACHINE_TIMER, &m->timer_irq));
    sk_alarms_init(&m->alarms, &m->timer.clock);
    return SK_OK;
}
