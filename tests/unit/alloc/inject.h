/*
 * Kernel calls that fail because a test wants them to.
 *
 * Only calls that can fail are counted: those that make, map, copy or configure something. What
 * deletes, revokes or unmaps is never made to fail, since nothing could be done about it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

/*
 * So many calls fail, from the nth from now on, as if there was no memory; 0: none. Counts from
 * anew.
 */
void inject_at(unsigned nth, unsigned many);

/* Has one been made to fail since? */
bool inject_has_failed(void);

/* Calls that could have failed since. */
unsigned inject_count(void);
