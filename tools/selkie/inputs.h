/*
 * From a program and options to a bootable image.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include "../image/image.h"
#include "board.h"
#include "options.h"

struct sk_inputs {
    struct sk_board board;
    struct sk_image image;
    char *kernel_path;
};

/*
 * Find and read what options name, check that program and kernel belong together, and pack
 * them. False: a complaint has been printed.
 */
bool sk_inputs_pack(const struct sk_options *options, struct sk_inputs *ret_inputs);

void sk_inputs_drop(struct sk_inputs *inputs);
