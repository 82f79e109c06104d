/*
 * Looking on: what the run's console says about its end.
 *
 * A debug kernel reports a fault that nobody handles and then idles for ever; the loader
 * reports what it cannot do and stops. Both are recognised line by line here, with colours
 * taken out, so that the run can be ended with a status.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum sk_console_event {
    SK_CONSOLE_NOTHING,
    SK_CONSOLE_FAULT,        /* an unhandled fault: more lines about it follow */
    SK_CONSOLE_LOADER_ERROR, /* a whole line has been shown */
};

enum { SK_CONSOLE_LINE_MAX = 200 };

struct sk_console {
    char line[SK_CONSOLE_LINE_MAX + 1]; /* without colours; longer lines are cut */
    size_t length;
    bool in_escape;              /* inside a colour sequence */
    unsigned fault_lines_left;   /* a fault report began: lines in which to name its thread */
    enum sk_console_event event; /* the first that was seen */
};

/* Look at output. Afterwards c->event says what has been seen so far. */
void sk_console_feed(struct sk_console *c, const char *data, size_t size);
