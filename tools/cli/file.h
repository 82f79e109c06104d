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

/* Which file a path leads to: one that is there, or one that a folder has no file of yet. */
struct sk_file_identity {
    uint64_t device, number; /* of the file, or of its folder */
    char *name;              /* in that folder; or NULL: the file is there */
};

/*
 * Where the path leads to, which the caller frees: links are followed, also one to nothing, as
 * open() does. NULL, with errno set, if there are too many.
 */
char *sk_file_resolve(const char *path);

/* False: neither it nor its folder is there, or it is a device, a pipe or a folder. */
bool sk_file_identify(const char *path, struct sk_file_identity *ret_identity);

bool sk_file_identity_is_same(const struct sk_file_identity *a,
                              const struct sk_file_identity *b);

/* Free an identity. A zeroed one owns nothing. */
void sk_file_identity_drop(struct sk_file_identity *identity);

/* Free a file. A zeroed one owns nothing. */
void sk_file_drop(struct sk_file *file);
