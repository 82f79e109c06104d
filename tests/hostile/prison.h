/*
 * What attackers live in: a VSpace and a CSpace each, full of capabilities to each other and
 * to objects of all kinds. It is made from memory that is revoked, and found whole, after
 * each round.
 *
 * An attacker's CSpace has two halves of OWN_SLOTS slots: one it may change, as it has a
 * capability to that CNode, and one it can only use.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "attacker.h"

#define ATTACKERS    4
#define BADGE_TICK   1
#define BADGE_OF(n)  (16u + (n))
#define ATTACKER_MCP 100

extern struct room *const rooms[ATTACKERS];

/* Make what lives for the whole run. */
void prison_init(const seL4_BootInfo *bi);

/* Make the attackers, which run as soon as the caller waits. */
void prison_open(struct random *random);

/* Start an attacker afresh after a fault. */
void prison_restart(unsigned attacker);

/* The same for one that is beyond that: it gets all that it needs again. */
void prison_revive(unsigned attacker, struct random *random);

/* Revoke everything. Panics if something is left. */
void prison_close(void);

/* Faults of attackers, and ticks. */
seL4_CPtr prison_endpoint(void);

/* Start the clock, which sends a message BADGE_TICK in every period of us microseconds. */
void prison_start_clock(seL4_Time us);
