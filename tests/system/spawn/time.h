/*
 * What differs between kernels when a task is spawned.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/blueprint.h>

#include "load.h"

/* An object from the boot source. */
seL4_CPtr make(sk_blueprint what);

/* Let a thread run. */
void give_time(sk_tcb tcb);

/* Give the child its CSpace and VSpace, and say where its faults go. */
void set_space(struct child *c, seL4_Word guard, seL4_CPtr endpoint, seL4_Word badge);

/* Receive; the badge says from whom. */
seL4_MessageInfo_t receive(seL4_CPtr endpoint, seL4_Word *ret_badge);
