/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-686: a program's own logger is called with the wrong arguments */
/* EXPECT: release=fault host=asan */
#include "../safety.h"

static void log_line(int level, const char *format, ...)
{
    char line[80];
    va_list args;

    va_start(args, format);
    text_vformat(line, sizeof(line), format, args);
    va_end(args);
    show("%d: %s\n", level, line);
}

/* BAD */
BAD
{
    log_line(1, "user %s has %ld files", given(12), given(3));
}

/* GOOD */
GOOD
{
    log_line(1, "user %ld has %ld files", given(12), given(3));
}
