/*
 * The programs that the shell starts.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct program {
    const char *name;
    const char *what; /* it does */
    bool listens;     /* to its bell */
    const char *image;
    const char *image_end;
};

/* The nth program; NULL: there are not so many. */
const struct program *program_at(size_t n);

/* The program of that name, or NULL. */
const struct program *program_find(const char *name);
