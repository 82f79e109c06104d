/*
 * Arm's PL011 serial port, polled. Whoever uses the port besides, a kernel with a console say,
 * has set it up.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/sink.h>

#include <stddef.h>

#include "device.h"

/* Registers, as words. */
enum { DATA = 0x00 / 4, FLAGS = 0x18 / 4, CONTROL = 0x30 / 4 };
enum { FLAG_TRANSMIT_FULL = 1 << 5 };
enum { CONTROL_ENABLE = 1 << 0, CONTROL_TRANSMIT = 1 << 8 };

static volatile uint32_t *port; /* NULL: not there; the text is dropped */
static uintptr_t port_inverted; /* Otherwise port was overwritten: that is dropped too. */

void sk_sink_start(void)
{
    struct sk_env env;

    sk_env_get(&env);
    if (sk_device_map(&env, sk_sink_pl011_address, &port) == SK_OK) {
        port[CONTROL] |= CONTROL_ENABLE | CONTROL_TRANSMIT;
        port_inverted = ~(uintptr_t)port;
    }
}

void sk_sink_write(const char *text, size_t size)
{
    for (size_t i = 0; port_inverted == ~(uintptr_t)port && i < size; i++) {
        while ((port[FLAGS] & FLAG_TRANSMIT_FULL) != 0) {
        }
        port[DATA] = (unsigned char)text[i];
    }
}
