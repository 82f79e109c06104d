/*
 * The monitor's tables, with two domains, and a stack that it sees.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include "../../../src/microkit/monitor/monitor.h"

enum { SAMPLE_SYMBOLS = 4, SAMPLE_STACK = 0x2000 };

/* Addresses of the first domain's functions; "second" ends at 0x200180, of "third" the size is
 * not known, and at CRASH is libmicrokit's own. */
enum {
    FIRST = 0x200000,
    SECOND = 0x200100,
    SECOND_END = 0x200180,
    THIRD = 0x200200,
    CRASH = 0x204000,
};

#define STACK_BOTTOM UINT64_C(0x7fffffffc000)
#define STACK_TOP    (STACK_BOTTOM + SAMPLE_STACK)

struct sample {
    struct sk_monitor_header header;
    struct sk_monitor_domain domains[2]; /* the second has no symbols, and no window */
    struct sk_monitor_symbol symbols[SAMPLE_SYMBOLS];
    char names[48];
};

/* Tables in which nothing is wrong. */
struct sample sample(void);

/* The first domain's stack, as the monitor sees it: cleared by sample(). */
extern uint64_t sample_stack[SAMPLE_STACK / 8];

/* Put a frame record at an address of the domain's stack. */
void sample_record(uint64_t address, uint64_t caller, uint64_t return_address);

/* What was printed since the last time this was asked. */
const char *spoken(void);
