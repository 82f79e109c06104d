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
 * once every one is complete. They keep the access and the owner of the files they replace.
 * Devices and pipes are written first. Signals wait until files are as they are to be.
 *
 * A file that is there, and of which only the contents can be replaced, is written in its place
 * before any other takes its own: one of several names, in a folder that is not writable, or
 * whose owner cannot be kept. Such a one, and one that turns out to be a mount or in another's
 * sticky folder, may be left half-written if writing fails.
 *
 * False: a complaint was printed, and no file but of those is other than it was.
 */
bool sk_outputs_write(const struct sk_output *output, size_t count);
