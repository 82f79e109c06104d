/* SPDX-License-Identifier: BSD-2-Clause */
#include "ground.h"

#include "stage.h"

extern const char stub_start[]; /* stub.S */

static union room rooms[ACTORS];

/* The loader has put everything into its place. */
void ground_open(void)
{
}

uintptr_t ground_code(void)
{
    return (uintptr_t)stub_start;
}

union room *ground_rooms(void)
{
    return rooms;
}
