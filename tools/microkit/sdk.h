/*
 * The files of Microkit's SDK layout.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../compose/front/front.h"
#include "options.h"

/*
 * The SDK's files for the board and the configuration that options name; each but the monitor
 * is there. The texts are kept until the program ends. False: what is missing was printed.
 */
bool sdk_find(const struct options *options, struct sk_front_files *ret_files);
