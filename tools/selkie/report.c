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

static void line(const char *prefix, const char *format, va_list args)
{
    fflush(stdout);
    if (!is_read()) {
        return;
    }
    fputs(prefix, stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

bool sk_report_error(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line("selkie: error: ", format, args);
    va_end(args);
    return false;
}

bool sk_report_help(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line("help: ", format, args);
    va_end(args);
    return false;
}

void sk_report_note(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line("selkie: note: ", format, args);
    va_end(args);
}

void sk_report_line(const char *text)
{
    if (is_read()) {
        fprintf(stderr, "%s\n", text);
    }
}
