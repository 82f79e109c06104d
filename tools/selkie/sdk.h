/*
 * Where the files of a board and a configuration are.
 *
 * They lie beside the directory of the selkie binary: in a build tree at
 * ../<board>/<config>/, in an SDK at ../board/<board>/<config>/. An installed seL4 has its
 * kernel and device tree in a prefix. Options name any of them directly.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include "options.h"

struct sk_sdk {
    char *folder; /* of the board and the configuration */
    char *board;  /* paths of files */
    char *kernel;
    char *kernel_config; /* gen_config.json of an installed kernel, or NULL */
    char *dtb;
    char *loader;
};

/* Files of an installed seL4. */
enum sk_sdk_prefix_file {
    SK_SDK_PREFIX_KERNEL,
    SK_SDK_PREFIX_CONFIG, /* gen_config.json */
    SK_SDK_PREFIX_DTB,
};

/*
 * Find all files. board and config are what the program was built for, or NULL. False:
 * a complaint has been printed.
 */
bool sk_sdk_find(const struct sk_options *options, const char *board, const char *config,
                 struct sk_sdk *ret_sdk);

/* Find the board file only; the caller frees its path. False: a complaint has been printed. */
bool sk_sdk_find_board(const struct sk_options *options, char **ret_path);

/* Is prefix an installed seL4? False: what it lacks has been printed. */
bool sk_sdk_check_prefix(const char *prefix);

/* The path of a file in a prefix, there or not; the caller frees it. */
char *sk_sdk_in_prefix(const char *prefix, enum sk_sdk_prefix_file file);

/*
 * Find the board file, and the configuration of the kernel, or NULL: a board file that was
 * named has its own. The caller frees both. False: a complaint has been printed.
 */
bool sk_sdk_find_config(const struct sk_options *options, char **ret_board,
                        char **ret_kernel_config);

void sk_sdk_drop(struct sk_sdk *sdk);
