/*
 * Files that a command makes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sk_output {
    const char *path; /* or NULL: not wanted */
    const uint8_t *data;
    size_t size; /* bytes */
};

/*
 * Write count files, all or none: they are written beside their places, and take them in order
 * once every one is complete. A device or a pipe is written at once. False: a complaint was
 * printed, and no file is other than it was.
 */
bool sk_outputs_write(const struct sk_output *output, size_t count);
