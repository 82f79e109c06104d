/*
 * Microkit's command line.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct options {
    const char *system;
    const char *board;
    const char *config;
    const char *image;
    const char *image_type;
    const char *report;
    const char *capdl_json; /* or NULL */
    const char *viper;      /* a folder, or NULL */
    const char *kernel;     /* instead of the SDK's, or NULL */
    const char **search;    /* owned; what it points to is not */
    size_t search_count;
    bool wants_help;
};

/*
 * Read the arguments behind the program's name. False: what is wrong was printed. With
 * wants_help nothing else is looked at.
 */
bool options_read(int argc, char **argv, struct options *ret_options);

void options_drop(struct options *options);

void options_print_usage(void);
