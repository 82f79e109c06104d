/*
 * A PL011 that a test plays, in memory: its registers, its FIFO, and what was sent.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/driver/pl011.h>

enum { MODEL_FIFO = 16, MODEL_SENT = 256 };

struct pl011_model {
    struct sk_pl011_registers page; /* what the driver is handed; its content means nothing */
    uint32_t id[4];
    uint16_t fifo[MODEL_FIFO]; /* as the data register gives them */
    size_t fifo_count;
    bool overran;
    uint32_t line_control, control, mask, raw, integer_divisor, fractional_divisor;
    char sent[MODEL_SENT];
    size_t sent_count;
    size_t room;    /* bytes that it takes before it says that it is full */
    unsigned busy;  /* reads of the flags that say so from now on */
    unsigned waits; /* reads of the flags that found it full; then it takes one more */
    unsigned line_writes;
    bool is_stuck;        /* it is full and busy, whatever happens */
    bool is_noisy;        /* there is always another damaged byte */
    unsigned flags_reads; /* reads of the flags, ever */
};

extern struct pl011_model model;

/* A port as firmware leaves it: enabled, FIFO on, nothing received. */
void model_reset(void);

/* Something arrives, as the data register will give it. */
void model_arrive(uint16_t data);

/* Is the interrupt line up? */
bool model_interrupts(void);
