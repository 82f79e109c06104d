/* SPDX-License-Identifier: BSD-2-Clause */
#include "problem.h"

#include <stdarg.h>
#include <stdio.h>

bool sk_image_refuse(struct sk_image_problem *ret_problem, const char *help, const char *format,
                     ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(ret_problem->what, sizeof(ret_problem->what), format, args);
    va_end(args);
    snprintf(ret_problem->help, sizeof(ret_problem->help), "%s", help);
    return false;
}
