/*
 * The kernel calls of a specification, made by a root task.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/init/execute.h>

/* The kernel that this was compiled for. */
extern const struct sk_spec_platform sk_init_platform;

sk_err sk_init_perform_call(struct sk_init *in, enum sk_init_call what, const uint64_t *args);
