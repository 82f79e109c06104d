/*
 * What sk_boot_source_stop() says on the host, where there is no boot source.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/boot_source.h>

extern struct sk_boot_rest boot_rest;
