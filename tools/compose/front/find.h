/*
 * Files that a description names, looked for in folders.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../cli/file.h"
#include "../compose.h"

/* Files that were found, to be kept until the end. */
struct sk_found {
    struct sk_file *file;
    size_t count;
};

struct sk_search {
    struct sk_compose_finder finder; /* the first member: what the composer is given */
    const char *const *folder;       /* after the working directory */
    size_t folder_count;
    struct sk_found found;
    char *refused; /* the path of the file last that could not be read, or NULL */
};

/* Look in these folders, whose names must stay. */
void sk_search_init(struct sk_search *search, const char *const *folder, size_t folder_count);

/* Free what was found. */
void sk_search_fini(struct sk_search *search);
