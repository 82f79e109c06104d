/*
 * Whole files in memory.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sk_file {
    char *path;
    uint8_t *data; /* one zero byte follows */
    size_t size;   /* bytes */
};

/* Read path, which what names in the complaint: "the kernel". False: it was printed. */
bool sk_file_read(const char *path, const char *what, struct sk_file *ret_file);

/*
 * The same, and nothing is printed. False, with errno set: EISDIR for a folder, ESPIPE for
 * something else that is no regular file, EFBIG for more than 1 GiB.
 */
bool sk_file_load(const char *path, struct sk_file *ret_file);

/* Is there something to read at path? */
bool sk_file_exists(const char *path);

/* Are both there, and one file, whatever links lead to it? */
bool sk_file_is_same(const char *a, const char *b);

/* Free a file. A zeroed one owns nothing. */
void sk_file_drop(struct sk_file *file);
