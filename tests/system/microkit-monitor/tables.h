/*
 * The monitor's tables, as a composer writes them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../microkit/stage.h"

enum { WATCHED = 12, TABLES_SIZE = 8192 };

/* Write tables of so many domains, each of d[i]'s image, into memory of TABLES_SIZE bytes. */
void tables_write(char *to, const struct sk_monitor_domain domains[], const void *image);
