/*
 * What the tests of domains in time share: a schedule of two domains, the time since it began,
 * and threads with a domain each. The test itself is in domain 0.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "irq_help.h"

/* The schedule of these tests: domain 0 has 3 ms, domain 1 has 2 ms, and again. */
#define TURN_0_US 3000
#define TURN_1_US 2000
#define ROUND_US  (TURN_0_US + TURN_1_US)

/* What the counter was when the first turn began. */
extern uint64_t turns_start;

/* The test is skipped where the configuration has one domain. */
void need_domains(void);

/* Set an entry of the schedule; duration is in ticks of the timer. */
void entry(seL4_Word index, seL4_Uint8 domain, seL4_Word duration);

void turns_begin(void); /* The first turn of domain 0 begins. */
void turns_end(void);   /* All time is domain 0's again. */

/* The time since the first turn began. */
seL4_Word now_us(void);

/* The test goes on when so much time has passed since the first turn began. */
void wait_until(seL4_Word us);

#define MAX_MEMBERS 5

/* Threads 'a', 'b', ... with a domain each, and what they did. {0} is none. */
struct members {
    struct trace trace;
    struct actor actors[MAX_MEMBERS];
    struct thread *threads[MAX_MEMBERS];
    unsigned count;
};

/* Makes the next one; its body is one of sched_help.h. */
struct thread *member(struct members *all, void (*body)(void *arg), seL4_Word priority,
                      seL4_Uint8 domain);

/* The same, started. */
void member_run(struct members *all, void (*body)(void *arg), seL4_Word priority,
                seL4_Uint8 domain);
