/*
 * Says in large letters what is typed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include <console/crier.h>

#include "../pipe.h"

static struct pipe_reader typed;
static struct pipe_writer said;
static struct pipe_line line;

void init(void)
{
    pipe_reader_init(&typed, crier_to_crier, crier_channel_console);
    pipe_writer_init(&said, crier_of_crier, crier_channel_console);
    notified(crier_channel_console);
}

void notified(microkit_channel ch)
{
    if (ch != crier_channel_console) {
        return;
    }
    while (pipe_read_line(&typed, &line)) {
        for (size_t i = 0; i < line.length; i++) {
            if (line.text[i] >= 'a' && line.text[i] <= 'z') {
                line.text[i] -= 'a' - 'A';
            }
        }
        pipe_printf(&said, "%s!\n", line.text);
    }
}
