/*
 * The SDK's files, read.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../cli/board.h"
#include "../../cli/file.h"
#include "../compose.h"
#include "front.h"

struct sk_kit_files {
    struct sk_file kernel, dtb, loader, initialiser, monitor;
    struct sk_board board;
    struct sk_image_parts parts; /* of the image, without the pages */
    struct sk_compose_kit kit;
};

/* A JSON file of the SDK that is an object, which what names. NULL: a complaint was printed. */
json_t *sk_kit_read_json(const char *path, const char *what);

/* Read of what options name what is needed. False: it was said why, and nothing is owned. */
bool sk_kit_files_read(const struct sk_front_options *options, struct sk_kit_files *ret_files);

void sk_kit_files_drop(struct sk_kit_files *files);
