/*
 * What the initialiser says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/attr.h>
#include <selkie/init/execute.h>

/* The specification is refused, or cannot be carried out. The program ends with status 125. */
SK_NORETURN void report_problem(const struct sk_spec_problem *problem);
SK_NORETURN void report_failure(const struct sk_init *in, sk_err err);

/* With a debug kernel: names its threads, and says what it took. */
void report_success(const struct sk_init *in);

void report_text(const char *text);
void report_number(const char *before, uint32_t number);

/* With a debug kernel by name, otherwise by number. */
void report_wrong(enum sk_spec_wrong what);
void report_call(enum sk_init_call call);
/* With a debug kernel the error's name, in parentheses; otherwise nothing. */
const char *report_error(sk_err err);
