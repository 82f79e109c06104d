/*
 * What the files of the SDK say about the machine that a system is composed for.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/init/spec.h>

#include "compose.h"
#include "sdf/sdf.h"

/* A symbol of the kernel's configuration: true, or a number; false if it is not there. */
bool sk_kit_is_set(const struct sk_compose_kit *kit, const char *symbol);
uint64_t sk_kit_number(const struct sk_compose_kit *kit, const char *symbol,
                       uint64_t otherwise);

/* The highest address of user programs. */
uint64_t sk_kit_user_top(const struct sk_compose_kit *kit);

/* What descriptions for this kit may say. */
void sk_kit_limits(struct arena *arena, const struct sk_compose_kit *kit,
                   bool allows_extensions, struct sk_sdf_limits *ret_limits);

/* The kernel, as specifications describe it. */
struct sk_spec_platform sk_kit_platform(const struct sk_compose_kit *kit);
