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
