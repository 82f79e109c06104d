/*
 * The shell: what it consists of, and its commands.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include "jobs.h"

struct shell {
    struct sk_manager manager;
    struct sk_manager_stats start; /* before the first job */
    struct machine machine;
    struct console console;
    struct jobs jobs;
    sk_caller caller;
    struct sk_alarm sleep;
    struct job *foreground; /* the prompt waits for it to end */
    bool is_asleep;         /* it waits for the alarm */
    bool is_over;
    int status; /* to end with */
};

/* Do what the line says, which is taken to pieces. */
void shell_do(struct shell *s, char *line);

/* Do not wait any longer for what the last command waits for. */
void shell_interrupt(struct shell *s);
