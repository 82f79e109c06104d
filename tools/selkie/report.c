/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>

static void line(const char *prefix, const char *format, va_list args)
{
    fflush(stdout);
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
