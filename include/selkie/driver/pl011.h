/*
 * Arm's PL011 serial port: what is received comes by interrupt into a ring of the caller's, and
 * what is sent is written as soon as the port takes it.
 *
 *     static struct sk_pl011 port;
 *     static unsigned char ring[256];
 *
 *     SK_TRY(sk_pl011_init(&port, page, &(struct sk_pl011_options){ring, sizeof(ring)}));
 *     SK_TRY(sk_pl011_send(&port, "> ", 2));
 *     ...
 *     // the port's interrupt has come
 *     events = sk_pl011_interrupt(&port);
 *     SK_TRY(sk_irq_ack(&irq));
 *     while ((size = sk_pl011_receive(&port, bytes, sizeof(bytes))) != 0) { ... }
 *
 * The driver knows the page with the port's registers, mapped as device memory, and nothing
 * else: who maps the page and waits for the interrupt (selkie/driver/irq.h) is another matter.
 * It has no globals; several ports are several structures. One thread at a time uses a port.
 *
 * No call waits for ever. A port that takes nothing, because nobody at the other end lets it
 * send or because its clock is off, is given up after options.patience looks at it, and from
 * then on is looked at once a call, until it takes something again.
 *
 * Nothing that the port received is lost while the ring is full: it stays in the port, which
 * holds 16 bytes or 32, and stops a sender that heeds its flow control. The ring takes it up
 * when there is room. Bytes that came damaged are dropped and counted.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/base/err.h>
#include <selkie/driver/register.h>

/* The page of a port. */
struct sk_pl011_registers {
    sk_register_rw data; /* DR: reading takes a byte and how it came, writing sends one */
    sk_register_rw receive_error; /* RSR, ECR */
    uint32_t unused_08[4];
    sk_register_ro flags; /* FR */
    uint32_t unused_1c;
    sk_register_rw low_power_divisor;  /* ILPR */
    sk_register_rw integer_divisor;    /* IBRD */
    sk_register_rw fractional_divisor; /* FBRD: 64ths */
    sk_register_rw line_control;       /* LCR_H: its write makes divisors count */
    sk_register_rw control;            /* CR */
    sk_register_rw fifo_levels;        /* IFLS: when interrupts come */
    sk_register_rw interrupt_mask;     /* IMSC: a 1 lets an interrupt through */
    sk_register_ro interrupts_raw;     /* RIS */
    sk_register_ro interrupts;         /* MIS */
    sk_register_wo interrupt_clear;    /* ICR */
    sk_register_rw dma_control;        /* DMACR */
    uint32_t unused_4c[997];
    sk_register_ro peripheral_id[4];
    sk_register_ro cell_id[4];
};

_Static_assert(offsetof(struct sk_pl011_registers, flags) == 0x18, "as Arm lays it out");
_Static_assert(offsetof(struct sk_pl011_registers, dma_control) == 0x48, "as Arm lays it out");
_Static_assert(sizeof(struct sk_pl011_registers) == 0x1000, "a page");

/* What has happened. */
enum sk_pl011_events {
    SK_PL011_RECEIVED = 1,
    SK_PL011_FULL = 2,    /* the ring: more waits in the port */
    SK_PL011_OVERRUN = 4, /* bytes were lost before the last one */
    SK_PL011_BREAK = 8,   /* the line was held low: no byte */
    SK_PL011_FRAMING = 16,
    SK_PL011_PARITY = 32,
};

/* How often each has happened. */
struct sk_pl011_counts {
    uint64_t received; /* bytes, whole */
    uint64_t sent;
    uint64_t overruns;
    uint64_t breaks;
    uint64_t framing_errors; /* bytes that were dropped for it */
    uint64_t parity_errors;
};

struct sk_pl011_options {
    void *ring;        /* where received bytes are kept */
    size_t ring_size;  /* a power of two */
    uint32_t clock_hz; /* of the port; with a baud rate only */
    uint32_t baud;     /* bits a second; 0: as it was set up before */
    uint32_t patience; /* looks in vain until a port is given up; 0: 2^24, which is seconds */
};

struct sk_pl011 {
    volatile struct sk_pl011_registers *registers;
    unsigned char *ring;
    size_t ring_size;
    size_t head; /* bytes put in, ever */
    size_t tail; /* bytes taken out, ever */
    uint32_t patience;
    bool is_full;
    bool is_stuck;   /* it was given up */
    unsigned untold; /* events for the next sk_pl011_interrupt() */
    struct sk_pl011_counts counts;
};

/*
 * Set up the port whose registers are at registers: 8 bits, no parity, one stop bit, with its
 * FIFO. What it had received before is kept as far as the ring takes it; what it is sending is
 * sent, if it can.
 *
 * SK_ERR_INVALID_ARGUMENT: there is no PL011; or the ring's size is no power of two.
 * SK_ERR_RANGE: the port cannot divide its clock down to this baud rate.
 */
sk_err sk_pl011_init(struct sk_pl011 *p, volatile struct sk_pl011_registers *registers,
                     const struct sk_pl011_options *options);

/*
 * No more interrupts; the port can still be used by others, and has what the ring did not take.
 * What is in the ring can be received.
 */
void sk_pl011_fini(struct sk_pl011 *p);

/*
 * Take what the port has received into the ring, and lower its interrupt, which is to be
 * acknowledged then. Returns a set of enum sk_pl011_events. May be called at any time, and
 * should be when the ring has become empty: what made room in it has taken up bytes that
 * waited, for which no interrupt comes, and how they came is said here. With RECEIVED, look
 * into the ring afterwards: there may be no other interrupt for what this call took.
 */
unsigned sk_pl011_interrupt(struct sk_pl011 *p);

/* Take up to size bytes out of the ring. Returns how many there were. */
size_t sk_pl011_receive(struct sk_pl011 *p, void *ret_bytes, size_t size);

/*
 * For a key that interrupts: if byte is in the ring, take it out with all that came before it.
 * False: it is not there, and nothing is taken.
 */
bool sk_pl011_discard_to(struct sk_pl011 *p, unsigned char byte);

/* Send what the port takes without waiting. Returns how many bytes it took. */
size_t sk_pl011_try_send(struct sk_pl011 *p, const void *bytes, size_t size);

/*
 * Send all of it, and wait for the port where it is slower.
 *
 * SK_ERR_TIMED_OUT: the port is stuck. counts.sent says how much it took.
 */
sk_err sk_pl011_send(struct sk_pl011 *p, const void *bytes, size_t size);

/*
 * Wait until all has left the port.
 *
 * SK_ERR_TIMED_OUT: the port is stuck.
 */
sk_err sk_pl011_flush(struct sk_pl011 *p);
