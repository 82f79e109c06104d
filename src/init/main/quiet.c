/*
 * For release kernels: numbers, whose meaning selkie/init/check.h, selkie/init/execute.h and
 * selkie/base/err.h tell.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "report.h"

void report_success(const struct sk_init *in)
{
    (void)in;
}

void report_wrong(enum sk_spec_wrong what)
{
    report_number("problem ", what);
}

void report_call(enum sk_init_call call)
{
    report_number("call ", call);
}

const char *report_error(sk_err err)
{
    (void)err;
    return "";
}
