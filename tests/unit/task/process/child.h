/*
 * A parent with a program that exits with 3, and how it is run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/task/process.h>

#include "environment.h"

extern struct child {
    struct sk_parent parent; /* for the test to begin and end */
    struct program program;
} child;

extern const struct sk_process_options child_usual;

/* Open the environment, and make the program. */
void child_open(void);

/* Make the program again, as it was. */
void child_program(void);

sk_err child_spawn(struct sk_process *p, const struct sk_process_options *options);

/* Spawn one, wait for its end, which is an exit with 3, and reap it. */
void child_run(const struct sk_process_options *options);

/* The end of all tests of a program, for cmocka. */
int child_end(void **state);
