/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* Who reads diagnostics gets this much time to take what came before. */
enum { PATIENCE_MS = 1000 };

static bool is_read(void)
{
    return poll(&(struct pollfd){.fd = STDERR_FILENO, .events = POLLOUT}, 1, PATIENCE_MS) != 0;
}

/* kind is what follows the tool's name; NULL: this is help. */
static void line(const char *kind, const char *format, va_list args)
{
    fflush(stdout);
    if (!is_read()) {
        return;
    }
    if (kind != NULL) {
        fprintf(stderr, "%s: %s: ", sk_report_name, kind);
    } else {
        fputs("help: ", stderr);
    }
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

bool sk_report_error(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line("error", format, args);
    va_end(args);
    return false;
}

bool sk_report_help(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line(NULL, format, args);
    va_end(args);
    return false;
}

void sk_report_note(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line("note", format, args);
    va_end(args);
}

void sk_report_line(const char *text)
{
    if (is_read()) {
        fprintf(stderr, "%s\n", text);
    }
}
