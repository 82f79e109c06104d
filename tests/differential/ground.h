/*
 * The ground that the stage stands on: pages of the program that its actors have as well. On
 * the target they are in the program's image, on the host core in its window (host/ground.c).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

/* Put everything into its place. */
void ground_open(void);

/* Where the actors' code starts (stub.h). */
uintptr_t ground_code(void);

/* The actors' IPC buffers, one after the other, each in a page of its own. */
union room {
    _Alignas(1 << seL4_PageBits) char page[1 << seL4_PageBits];
    seL4_IPCBuffer buffer;
};
union room *ground_rooms(void);
