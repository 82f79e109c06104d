/*
 * What a kernel's configuration says about the systems that it can run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <jansson.h>

#include "sdf/sdf.h"

/* The symbols of a kernel: those of a configuration, and those of all. */
struct sk_symbols {
    const json_t *common; /* gen_config.json, or a board's kernel_config */
    const json_t *own;    /* what a board's configuration says otherwise, or NULL */
};

/* A symbol: true, or a number; false, or otherwise, if it is not there. */
bool sk_symbols_is_set(const struct sk_symbols *symbols, const char *name);
uint64_t sk_symbols_number(const struct sk_symbols *symbols, const char *name,
                           uint64_t otherwise);

/* Fill in all of limits but the board's name and what it has, and extensions. */
void sk_limits_of_kernel(const struct sk_symbols *symbols, struct sk_sdf_limits *limits);

/*
 * Fill in which interrupts there are, as "interrupts" of a board file says. False: it is not
 * there (NULL), or not what boards/README.md says.
 */
bool sk_limits_of_interrupts(const json_t *interrupts, struct sk_sdf_limits *limits);
