/*
 * System descriptions, as commands that need neither programs nor kernels read them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "limits.h"
#include "options.h"
#include "selkie.h"

struct sk_description {
    struct arena arena;
    struct sk_limits limits;
    const struct sk_system *system; /* in the arena */
};

/*
 * Read the description that options name, for the board and the kernel they name, extensions
 * included. What is wrong, and what is odd, has been printed; nothing is owned unless the
 * status is SK_STATUS_OK.
 */
enum sk_status sk_description_read(const struct sk_options *options,
                                   struct sk_description *ret_description);

void sk_description_drop(struct sk_description *description);
