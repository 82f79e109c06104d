/*
 * The files of Microkit's SDK layout.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../base/memory.h"
#include "../compose/front/front.h"
#include "options.h"

/*
 * The SDK's files for the board and the configuration that options name; each but the monitor
 * is there. Their paths are in the arena. False: what is missing was printed.
 */
bool sdk_find(struct arena *arena, const struct options *options,
              struct sk_front_files *ret_files);
