/*
 * The terminal as a serial line: every key at once and unchanged, but Ctrl-C interrupts.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <termios.h>

struct sk_terminal {
    bool is_changed;
    struct termios saved;
};

/* Should standard input be handed to the guest? Not if it is /dev/null, or another job's. */
bool sk_terminal_has_input(void);

/* Change standard input, if it is a terminal of ours. */
void sk_terminal_open(struct sk_terminal *t);

/* Put it back as it was. */
void sk_terminal_close(struct sk_terminal *t);
