/*
 * The devices of QEMU's virt machine that the shell uses: the serial port and the timer.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/manager.h>
#include <selkie/cap/owned.h>
#include <selkie/driver/alarms.h>
#include <selkie/driver/arm_timer.h>
#include <selkie/driver/irq.h>
#include <selkie/driver/pl011.h>

/* Badges of interrupts: bits of a word that no endpoint's badge has. */
#define MACHINE_SIGNAL ((seL4_Word)1 << 63)
#define MACHINE_PORT   ((seL4_Word)1)
#define MACHINE_TIMER  ((seL4_Word)2)

struct machine {
    struct sk_arm_timer timer;
    struct sk_alarms alarms;
    sk_owned_object signals; /* bound to the thread */
    sk_irq port_irq;
    sk_irq timer_irq;
};

/*
 * Set up the devices, and port with a ring: their interrupts come to this thread, wherever it
 * receives.
 */
sk_err machine_open(struct machine *m, struct sk_manager *manager, struct sk_pl011 *port,
                    const struct sk_pl011_options *options);
