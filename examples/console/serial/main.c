/*
 * The serial port as a domain: what is typed goes to the console, and what the console shows
 * goes out.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/driver/pl011.h>
#include <selkie/rt/panic.h>

#include <console/serial.h>

#include "../pipe.h"

static struct sk_pl011 port;
static uint8_t received[256];
static struct pipe_writer typed;
static struct pipe_reader shown;

/* What was taken from the port, and found no room in the pipe. */
static uint8_t held;
static bool is_holding;

static void pass_typed(void)
{
    for (;;) {
        if (!is_holding) {
            is_holding = sk_pl011_receive(&port, &held, 1) == 1;
        }
        if (is_holding && pipe_write(&typed, &held, 1) == 0) {
            return; /* the console says when it has made room */
        }
        /* The port may have kept back what its ring had no room for. */
        if (!is_holding && (sk_pl011_interrupt(&port) & SK_PL011_RECEIVED) == 0) {
            return;
        }
        is_holding = false;
    }
}

static void pass_shown(void)
{
    uint8_t bytes[64];
    size_t size;

    while ((size = pipe_read(&shown, bytes, sizeof(bytes))) != 0) {
        (void)sk_pl011_send(&port, bytes, size);
    }
}

void init(void)
{
    struct sk_pl011_options options = {.ring = received, .ring_size = sizeof(received)};

    if (sk_pl011_init(&port, (volatile struct sk_pl011_registers *)serial_uart, &options) !=
        SK_OK) {
        sk_panic("there is no PL011");
    }
    pipe_writer_init(&typed, serial_typed, serial_channel_console);
    pipe_reader_init(&shown, serial_shown, serial_channel_console);
    pass_shown();
}

void notified(microkit_channel ch)
{
    if (ch == serial_channel_console) {
        pass_shown();
        pass_typed();
    } else if (ch == serial_irq_33) {
        (void)sk_pl011_interrupt(&port);
        pass_typed();
        microkit_deferred_irq_ack(ch);
    }
}
