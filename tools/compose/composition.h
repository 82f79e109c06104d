/*
 * One run of the composer: what its steps (compose.c) leave for those after them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "compose.h"
#include "lower/lower.h"
#include "model/encode.h"

struct composition {
    const struct sk_compose_options *options;
    struct arena arena;
    struct diag diag;
    struct sk_system *system;
    struct sk_model model; /* this and the rest: not with check_only */
    struct sk_program monitor;
    struct sk_lower lower; /* but for its sizes of regions, if headers are wanted */
    struct sk_encoded encoded;
};

/* Keep the parts of the image in ret_result. */
void sk_composition_copy(const struct composition *c, struct sk_compose_result *ret_result);

/* Write the texts that were asked for and can be written by now. */
void sk_composition_write(struct composition *c, struct sk_compose_result *ret_result);
