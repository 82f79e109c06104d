/*
 * Which kernels systems can be composed for.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include "../limits.h"

/*
 * Is the kernel with this configuration, which was read from path, one that descriptions can be
 * checked for? False: it was said why not.
 */
bool sk_kernel_check(const char *path, const struct sk_symbols *symbols);

/* The same of a gen_config.json, and that the machine is one that images are made for. */
bool sk_kernel_check_file(const char *path);
