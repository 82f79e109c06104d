/*
 * Waits, and is nobody's server: it has no reply object.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

void init(void)
{
}

void notified(microkit_channel ch)
{
    (void)ch;
}
