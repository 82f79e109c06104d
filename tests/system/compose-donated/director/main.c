/*
 * Runs when nobody else can, and then has done what is to be done.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include <compose-donated/director.h>

#include "../plot.h"

void init(void)
{
    struct plot *plot = (struct plot *)*director_plot;

    for (;;) {
        if (plot->at_rest != NOTHING) {
            microkit_notify(director_channel_parent);
        }
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
}
