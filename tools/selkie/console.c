/* SPDX-License-Identifier: BSD-2-Clause */
#include "console.h"

#include <string.h>

static const char loader_error[] = "selkie loader: error: ";

/* How a debug kernel begins the report of a fault that it cannot deliver, and goes on. */
static const char fault_report[] = "while trying to handle:";
static const char fault_thread[] = "in thread 0x";
enum { FAULT_LINES_MAX = 4 };

static bool begins_with(const char *line, const char *prefix)
{
    return strncmp(line, prefix, strlen(prefix)) == 0;
}

static bool ends_with(const char *line, const char *suffix)
{
    size_t length = strlen(line), suffix_length = strlen(suffix);

    return length >= suffix_length && strcmp(line + length - suffix_length, suffix) == 0;
}

static void end_line(struct sk_console *c)
{
    c->line[c->length] = '\0';
    c->length = 0;
    if (c->event != SK_CONSOLE_NOTHING) {
        return;
    }
    if (begins_with(c->line, loader_error)) {
        c->event = SK_CONSOLE_LOADER_ERROR;
    } else if (ends_with(c->line, fault_report)) {
        c->fault_lines_left = FAULT_LINES_MAX;
    } else if (c->fault_lines_left > 0) {
        c->fault_lines_left--;
        if (begins_with(c->line, fault_thread)) {
            c->event = SK_CONSOLE_FAULT;
        }
    }
}

void sk_console_feed(struct sk_console *c, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char byte = data[i];
        if (c->in_escape) {
            /* ESC [ digits and semicolons, ended by a letter. */
            c->in_escape = strchr("[;0123456789", byte) != NULL && byte != '\0';
        } else if (byte == '\033') {
            c->in_escape = true;
        } else if (byte == '\n') {
            end_line(c);
        } else if (byte != '\r' && c->length < SK_CONSOLE_LINE_MAX) {
            c->line[c->length++] = byte;
        }
    }
}
