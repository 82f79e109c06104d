/*
 * Domains of a stage whose calls on channel 61, and whose faults, we hear and print.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "stage.h"

/* Make one; the upper half of d is filled in. */
struct domain *hall_make(struct domain d);

/* Print what domains say until nobody says anything. Those that fault are suspended. */
void hall_listen(void);

/* Print so many messages, however long it takes. */
void hall_wait(unsigned count);
