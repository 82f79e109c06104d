/*
 * Domains: whose time it is.
 *
 * A schedule of domains and durations goes round for ever, from the start entry to the first
 * end marker; the last entry always is one. When an entry's time is over the next one comes
 * into force; only the threads of its domain can run then (sched.h). With one domain there is
 * nothing to switch.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

#define DOMAIN_DURATION_MAX ((1ull << 56) - 1)

/* Domain 0 has all the time there is; every other entry is an end marker. */
void sk_kdomain_boot(struct kernel *k);

/* The entry at index, which is not an end marker, is the start, and comes into force now. */
void sk_kdomain_start(struct kernel *k, uint64_t index);

/* Time has gone on. */
void sk_kdomain_tick(struct kernel *k, uint64_t now);
