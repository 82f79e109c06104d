/*
 * One run: from a started QEMU to a status.
 *
 * Copies the console to standard output as it comes and standard input to the UART, looks
 * for the end that the console announces, keeps the time limit, and ends QEMU: politely,
 * and by force if it does not listen (as it does not while the guest idles under -icount).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "options.h"
#include "qemu.h"
#include "symbols.h"

/*
 * Block the signals that a session reads. Before QEMU is started, so that none is lost; the
 * child unblocks them. A reader of the output that leaves early is noticed when writing.
 */
void sk_session_prepare(void);

/*
 * Run to the end; returns the status of `selkie run`. Addresses in the output are explained if
 * there are symbols.
 */
int sk_session_run(const struct sk_options *options, const struct sk_qemu *qemu,
                   struct sk_symbols *symbols);
