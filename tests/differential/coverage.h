/*
 * Coverage: how often each invocation ended with each result, over the whole run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "actor.h"

/* An actor starts an operation, and is done with it. */
void coverage_operation(unsigned actor, const struct command *command);
void coverage_done(unsigned actor, seL4_MessageInfo_t info);

/* The name of an invocation's label. */
const char *coverage_name(seL4_Word label);

/* Print the table, a line an invocation: "cover NAME sent result0 ... result10". */
void coverage_print(void);
