/* SPDX-License-Identifier: BSD-2-Clause */
#include "base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void refuse(struct place at, const char *help, const char *format, ...)
{
    fflush(stdout);
    if (at.source == NULL) {
        fputs("skgen: error: ", stderr);
    } else if (at.line == 0) {
        fprintf(stderr, "%s:1:1: error: ", at.source->path);
    } else {
        fprintf(stderr, "%s:%d:%d: error: ", at.source->path, at.line, at.col);
    }
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    place_excerpt(at, stderr);
    if (help != NULL) {
        fprintf(stderr, "help: %s\n", help);
    }
    exit(SKGEN_EXIT_BAD_INPUT);
}
