/*
 * The verbs of skgen. Each takes the arguments after the verb and returns the exit status.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "base.h"

/* An option of a verb: --name VALUE. */
struct option {
    const char *name;
    const char **ret_value;
    bool is_needed;
};

/* Read options; usage is the help given when they are wrong. */
void cmd_options(struct arena *a, int argc, char **argv, const struct option *options,
                 size_t option_count, const char *usage);

int cmd_generate(struct arena *a, int argc, char **argv);
int cmd_config(struct arena *a, int argc, char **argv);
int cmd_rpc(struct arena *a, int argc, char **argv);
