/*
 * The boot source, on the host: one that has taken nothing, or what a test says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "boot_rest.h"

struct sk_boot_rest boot_rest;

void sk_boot_source_stop(struct sk_boot_rest *ret_rest)
{
    *ret_rest = boot_rest;
}
