/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/pl011.h>

/* Behind the byte in the data register: how it came. */
enum {
    DATA_FRAMING = 1 << 8,
    DATA_PARITY = 1 << 9,
    DATA_BREAK = 1 << 10,
    DATA_OVERRUN = 1 << 11
};
enum { FLAG_BUSY = 1 << 3, FLAG_RECEIVE_EMPTY = 1 << 4, FLAG_TRANSMIT_FULL = 1 << 5 };
enum { LINE_FIFO = 1 << 4, LINE_8_BITS = 3 << 5 };
enum { CONTROL_ENABLE = 1 << 0, CONTROL_TRANSMIT = 1 << 8, CONTROL_RECEIVE = 1 << 9 };

/* Interrupts: the FIFO is filled, or something has been in it for a while. */
enum { INTERRUPT_RECEIVE = 1 << 4, INTERRUPT_RECEIVE_TIMEOUT = 1 << 6 };
enum { INTERRUPT_ERRORS = 0xf << 7, INTERRUPT_ALL = 0x7ff };

#define INTERRUPTS_RECEIVING (INTERRUPT_RECEIVE | INTERRUPT_RECEIVE_TIMEOUT)

/* Reads of the flags in vain until a port is given up: seconds, with any bus. */
#define PATIENCE (1u << 24)

/* Damaged bytes that are taken in one go, and that the ring does not keep. */
#define DAMAGED_MOST 64

/* Events that nobody can see in the ring. */
#define EVENTS_TOLD (SK_PL011_OVERRUN | SK_PL011_BREAK | SK_PL011_FRAMING | SK_PL011_PARITY)

/* The part number in the ID registers: 0x011, of designer 0x41, Arm. */
static bool is_pl011(const volatile struct sk_pl011_registers *r)
{
    static const uint32_t id[] = {0x11, 0x10, 0x4};
    static const uint32_t mask[] = {0xff, 0xff, 0xf};
    bool is_same = true;

    for (unsigned i = 0; i < sizeof(id) / sizeof(id[0]); i++) {
        is_same &= (sk_register_read(r->peripheral_id[i]) & mask[i]) == id[i];
    }
    return is_same;
}

/* The baud rate's divisor of the clock, in 64ths of a 16th; 0: as it is. */
static sk_err divisor(const struct sk_pl011_options *options, uint64_t *ret_divisor)
{
    if (options->baud == 0) {
        *ret_divisor = 0;
        return SK_OK;
    }
    uint64_t d = (4 * (uint64_t)options->clock_hz + options->baud / 2) / options->baud;
    if (d < 64 || d > 65535 * 64) {
        return SK_ERR_RANGE;
    }
    *ret_divisor = d;
    return SK_OK;
}

/* Put a byte into the ring, or count why not. Returns what it was as an event. */
static unsigned put(struct sk_pl011 *p, uint32_t data)
{
    unsigned events = 0;

    if ((data & DATA_OVERRUN) != 0) {
        p->counts.overruns++;
        events |= SK_PL011_OVERRUN;
    }
    if ((data & DATA_BREAK) != 0) {
        p->counts.breaks++;
        return events | SK_PL011_BREAK;
    } else if ((data & DATA_FRAMING) != 0) {
        p->counts.framing_errors++;
        return events | SK_PL011_FRAMING;
    } else if ((data & DATA_PARITY) != 0) {
        p->counts.parity_errors++;
        return events | SK_PL011_PARITY;
    }
    p->ring[p->head++ & (p->ring_size - 1)] = (unsigned char)data;
    p->counts.received++;
    return events | SK_PL011_RECEIVED;
}

/*
 * Move what the port has into the ring. When that is full, interrupts about more would not
 * end: they stop until there is room. A line with nothing but noise is left for the next
 * interrupt, which it makes.
 */
static unsigned drain(struct sk_pl011 *p)
{
    size_t left = p->ring_size + DAMAGED_MOST;
    unsigned events = 0;

    p->is_full = false;
    while (left-- > 0 && (sk_register_read(p->registers->flags) & FLAG_RECEIVE_EMPTY) == 0) {
        if (p->head - p->tail == p->ring_size) {
            p->is_full = true;
            return events | SK_PL011_FULL;
        }
        events |= put(p, sk_register_read(p->registers->data));
    }
    return events;
}

static void choose_interrupts(struct sk_pl011 *p)
{
    sk_register_write(p->registers->interrupt_mask,
                      p->is_full ? 0u : (uint32_t)(INTERRUPTS_RECEIVING | INTERRUPT_ERRORS));
}

/* Wait until a flag is clear. Where that was in vain before, a look is enough. */
static sk_err wait_while(struct sk_pl011 *p, uint32_t flag)
{
    uint32_t left = p->is_stuck ? 0 : p->patience;

    while ((sk_register_read(p->registers->flags) & flag) != 0) {
        if (left-- == 0) {
            p->is_stuck = true;
            return SK_ERR_TIMED_OUT;
        }
    }
    p->is_stuck = false;
    return SK_OK;
}

/* drain() for a caller who returns no events: sk_pl011_interrupt() will. */
static void drain_untold(struct sk_pl011 *p)
{
    p->untold |= drain(p) & EVENTS_TOLD;
}

/* Changing the line's settings empties the FIFO, so that is done only if need be. */
static void set_line(struct sk_pl011 *p, uint64_t divisor_64ths)
{
    volatile struct sk_pl011_registers *r = p->registers;
    const uint32_t line = LINE_8_BITS | LINE_FIFO;

    if (divisor_64ths == 0 && sk_register_read(r->line_control) == line) {
        return;
    }
    /* If it cannot send what it has, that is lost: being set up anew may help it. */
    (void)wait_while(p, FLAG_BUSY);
    drain_untold(p);
    sk_register_write(r->control, 0);
    if (divisor_64ths != 0) {
        sk_register_write(r->integer_divisor, (uint32_t)(divisor_64ths / 64));
        sk_register_write(r->fractional_divisor, (uint32_t)(divisor_64ths % 64));
    }
    sk_register_write(r->line_control, line);
}

sk_err sk_pl011_init(struct sk_pl011 *p, volatile struct sk_pl011_registers *registers,
                     const struct sk_pl011_options *options)
{
    uint64_t divisor_64ths;
    size_t size = options->ring_size;

    if (size == 0 || (size & (size - 1)) != 0 || !is_pl011(registers)) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    SK_TRY(divisor(options, &divisor_64ths));

    *p = (struct sk_pl011){.registers = registers,
                           .ring = options->ring,
                           .ring_size = options->ring_size,
                           .patience = options->patience != 0 ? options->patience : PATIENCE};
    sk_register_write(registers->interrupt_mask, 0);
    set_line(p, divisor_64ths);
    sk_register_write(registers->fifo_levels, 0); /* as early as possible */
    sk_register_write(registers->control, CONTROL_ENABLE | CONTROL_TRANSMIT | CONTROL_RECEIVE);
    sk_register_write(registers->interrupt_clear, INTERRUPT_ALL);
    /* What came before the interrupts were cleared would not be told of. */
    drain_untold(p);
    choose_interrupts(p);
    return SK_OK;
}

void sk_pl011_fini(struct sk_pl011 *p)
{
    p->is_full = false; /* what waits in the port is for others */
    sk_register_write(p->registers->interrupt_mask, 0);
    sk_register_write(p->registers->interrupt_clear, INTERRUPT_ALL);
}

/* First cleared, then drained: what comes in between makes an interrupt of its own. */
static unsigned serve(struct sk_pl011 *p)
{
    sk_register_write(p->registers->interrupt_clear, INTERRUPT_ALL);

    unsigned events = drain(p);
    choose_interrupts(p);
    return events;
}

unsigned sk_pl011_interrupt(struct sk_pl011 *p)
{
    unsigned events = serve(p) | p->untold;

    p->untold = 0;
    return events;
}

/* There is room in the ring again, perhaps. */
static void go_on(struct sk_pl011 *p)
{
    if (p->is_full && p->head - p->tail < p->ring_size) {
        p->untold |= serve(p) & EVENTS_TOLD;
    }
}

static unsigned char at(const struct sk_pl011 *p, size_t n)
{
    return p->ring[n & (p->ring_size - 1)];
}

size_t sk_pl011_receive(struct sk_pl011 *p, void *ret_bytes, size_t size)
{
    unsigned char *to = ret_bytes;
    size_t taken = 0;

    while (taken < size && p->tail != p->head) {
        to[taken++] = at(p, p->tail++);
    }
    go_on(p);
    return taken;
}

bool sk_pl011_discard_to(struct sk_pl011 *p, unsigned char byte)
{
    size_t n = p->tail;

    while (n != p->head && at(p, n) != byte) {
        n++;
    }
    if (n == p->head) {
        return false;
    }
    p->tail = n + 1;
    go_on(p);
    return true;
}

size_t sk_pl011_try_send(struct sk_pl011 *p, const void *bytes, size_t size)
{
    const unsigned char *from = bytes;
    size_t sent = 0;

    while (sent < size && (sk_register_read(p->registers->flags) & FLAG_TRANSMIT_FULL) == 0) {
        sk_register_write(p->registers->data, from[sent++]);
    }
    p->counts.sent += sent;
    return sent;
}

sk_err sk_pl011_send(struct sk_pl011 *p, const void *bytes, size_t size)
{
    const unsigned char *from = bytes;

    for (size_t sent = 0; sent < size;) {
        SK_TRY(wait_while(p, FLAG_TRANSMIT_FULL));
        sent += sk_pl011_try_send(p, from + sent, size - sent);
    }
    return SK_OK;
}

sk_err sk_pl011_flush(struct sk_pl011 *p)
{
    return wait_while(p, FLAG_BUSY);
}
