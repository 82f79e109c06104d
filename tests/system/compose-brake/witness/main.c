/*
 * Runs when nobody else can: while the other domain pauses, and the monitor too.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <compose-brake/witness.h>

#include "../book.h"

void init(void)
{
    const volatile struct book *book = (const struct book *)*witness_book;

    sk_printf("witness: there is time after %u starts\n", book->starts);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
