/*
 * Tells the parent that nothing happens any more, once it has stopped its child.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include <compose-keeper/director.h>

#include "../plot.h"

void init(void)
{
    struct plot *plot = (struct plot *)*director_plot;

    for (;;) {
        if (plot->stopped != 0) {
            microkit_notify(director_channel_parent);
        }
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
}
