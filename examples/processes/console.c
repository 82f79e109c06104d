/* SPDX-License-Identifier: BSD-2-Clause */
#include "console.h"

#include <stdarg.h>

#include <selkie/rt/format.h>
#include <selkie/rt/string.h>

static const char prompt[] = "selkie> ";

/* Where a port is stuck, the text is lost, and nobody is there who could be told. */
static void send_bytes(struct console *c, const char *bytes, size_t size)
{
    (void)sk_pl011_send(&c->port, bytes, size);
}

static void send(struct console *c, const char *text)
{
    send_bytes(c, text, strlen(text));
}

/* A piece of text: a terminal wants its cursor at the start of the next line. */
static void put(void *arg, const char *text, size_t size)
{
    struct console *c = arg;

    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n') {
            send(c, "\r");
        }
        send_bytes(c, text + i, 1);
    }
}

void console_print(struct console *c, const char *format, ...)
{
    va_list args;

    if (c->has_prompt) {
        send(c, "\r\033[K");
        c->has_prompt = false;
    }
    va_start(args, format);
    sk_vformat(put, c, format, args);
    va_end(args);
}

void console_prompt(struct console *c)
{
    if (!c->has_prompt) {
        send(c, prompt);
        send(c, c->line.text);
        c->has_prompt = true;
    }
}

void console_beep(struct console *c)
{
    send(c, "\a");
}

bool console_type(struct console *c, char byte)
{
    struct line_echo echo;
    enum line_event event = line_type(&c->line, byte, &echo);

    send_bytes(c, echo.text, echo.length);
    if (event == LINE_REFUSED) {
        console_beep(c);
    } else if (event == LINE_ENTERED || event == LINE_ABANDONED) {
        send(c, "\r\n");
        c->has_prompt = false;
    }
    if (event == LINE_ABANDONED) {
        line_clear(&c->line);
        console_prompt(c);
    }
    return event == LINE_ENTERED;
}
