/*
 * A page of a device, for a root task.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/rt/env.h>

/*
 * Map the page of the device at paddr, a multiple of its size, as device memory.
 *
 * SK_ERR_RANGE: the environment has no untyped memory of a device there.
 * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: as the source says; or the page is in use.
 */
sk_err sk_device_map(const struct sk_env *env, uintptr_t paddr, volatile uint32_t **ret_page);
