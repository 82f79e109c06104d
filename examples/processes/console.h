/*
 * The console: a prompt, a line that is typed, and text that others print meanwhile.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/attr.h>
#include <selkie/driver/pl011.h>

#include "line.h"

struct console {
    struct sk_pl011 port;
    unsigned char ring[1024];
    struct line line;
    bool has_prompt; /* and what is typed, on the screen */
};

/* Print text, whose lines end in newlines. The prompt makes way; console_prompt() renews it. */
SK_PRINTF(2, 3) void console_print(struct console *c, const char *format, ...);

/* Show the prompt, and what is typed so far, unless they are shown. */
void console_prompt(struct console *c);

/* A byte was typed at the prompt. True: c->line has a line to be done. */
bool console_type(struct console *c, char byte);

/* Ring the terminal's bell. */
void console_beep(struct console *c);
