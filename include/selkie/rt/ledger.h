/*
 * The ledger: what slots a program has taken, and what becomes of mistakes with them.
 *
 * A program has it if it is linked with "-lselkie-ledger -u sk_ledger_over"; nothing in its
 * code changes. Before its constructors run, the environment's source (selkie/rt/env.h) is
 * replaced by one that writes down who takes and gives which slots, and hands on what it is
 * asked. Then these are panics:
 *
 *   twice    a slot is given back twice, or an object is freed in one that was given back: what
 *            is in it by then is somebody else's;
 *   stale    something is sent by a capability that was deleted. A single slot that was given
 *            back is used again late, and has a capability to a notification of the ledger's
 *            until then. That it was used is found by the next call of the source, or at the
 *            end of the program; a receive faults at once;
 *   a leak   a slot that was taken is not given back when the program ends.
 *
 * Each says the slot, and where the source was called. What rt itself keeps until the end is no
 * leak. Slots that were taken before, or from another source, are not in the ledger; after
 * SK_LEDGER_SLOTS different ones no new slot is written down.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/source.h>

#define SK_LEDGER_SLOTS 1024

/*
 * The ledger's source, over inner, which is the environment's own unless a program says
 * otherwise, before it takes anything from it. Panics if inner has no memory for its
 * notifications.
 */
struct sk_source *sk_ledger_over(struct sk_source *inner);

/* What is done at the end, now. */
void sk_ledger_audit(void);

/* The slot of this address stays taken until the end, and is no leak. */
void sk_ledger_keep(seL4_CPtr slot);
