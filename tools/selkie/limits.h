/*
 * What a board and a kernel offer to a system: read from a board.json, which has both, or with
 * the kernel's configuration from a gen_config.json.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include "../compose/sdf/sdf.h"

/* The limits, and what they point at. */
struct sk_limits {
    struct sk_sdf_limits limits;
    char *board;
    struct sk_sdf_range *memory;
    struct sk_sdf_range *devices;
};

/*
 * Read the limits of the board at board_path, whose kernel is that of a configuration of the
 * SDK (debug or release), or has its own gen_config.json, if kernel_config is not NULL. False:
 * a complaint was printed.
 */
bool sk_limits_read(const char *board_path, const char *config, const char *kernel_config,
                    struct sk_limits *ret_limits);

void sk_limits_drop(struct sk_limits *limits);
