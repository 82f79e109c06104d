/*
 * What the initialiser will find when it starts: slots and untypeds, as a kernel leaves them
 * for an image of a certain size. docs/spec/system-spec.md says by which rules; they were
 * observed, and tests compare them with what kernels really say.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/init/execute.h>

#include "../base/memory.h"
#include "compose.h"

/*
 * Fill in what of ret_init comes from the boot info, for an image with page_bytes behind the
 * initialiser. False: the kernel could not boot it; there are not enough slots, or no memory.
 */
bool sk_boot_predict(struct arena *arena, const struct sk_compose_kit *kit, uint64_t page_bytes,
                     struct sk_init *ret_init);

/*
 * Where the kernel begins once it has booted: real seL4 gives away the part of itself that it
 * needs for booting only, from places.kernel_start to here.
 */
uint64_t sk_boot_kernel_start(struct arena *arena, const struct sk_compose_kit *kit);
