/*
 * Attackers: threads that make random system calls without end.
 *
 * Their code is copied to pages of its own, and is all of the program that is in their
 * VSpaces: whatever they do to their registers and mappings, they cannot run anything else.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

#include "../differential/random.h"

#define ROOM_SIZE ((uintptr_t)1 << seL4_PageBits)

/* Where things are in an attacker's VSpace. */
#define ATTACKER_CODE ((uintptr_t)0x10000000)
#define ATTACKER_ROOM ((uintptr_t)0x10008000)

/* An attacker's own page; its stack is at the end of it. */
struct room {
    seL4_IPCBuffer buffer;
    struct random random;
    uint64_t calls;  /* made */
    uint64_t faults; /* meant, other than by system calls */
};

/* The code, from one to the other, and where it starts. */
extern const char __start_attacks[], __stop_attacks[];
__attribute__((noreturn)) void attack(struct room *room);

/* Slots of an attacker's CSpace: the first half is its own, the second cannot be changed. */
#define OWN_BITS   7
#define OWN_SLOTS  (1 << OWN_BITS)
#define SLOTS_USED 64 /* of each half */
