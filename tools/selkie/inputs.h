/*
 * From a program and options to a bootable image.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include "../cli/board.h"
#include "../image/image.h"
#include "options.h"

struct sk_inputs {
    struct sk_board board;
    struct sk_image image;
    char *kernel_path; /* NULL: the image was a file already */
};

/*
 * Find and read what options name, check that program and kernel belong together, and pack
 * them as options->image_type. False: a complaint has been printed.
 *
 * What was packed before is taken as it is, for the board; unless an output is wanted.
 */
bool sk_inputs_pack(const struct sk_options *options, struct sk_inputs *ret_inputs);

void sk_inputs_drop(struct sk_inputs *inputs);
