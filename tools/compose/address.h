/*
 * Physical addresses for regions whose address a program wants to know.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "compose.h"
#include "kit.h"
#include "lower/lower.h"

/*
 * Give every region with needs_address and without phys_addr an address in RAM that is free
 * when the initialiser starts, whatever kernel it is: below the image, away from the kernel and
 * its device tree, and from regions with an address. False: an error was added.
 */
bool sk_addresses_choose(struct sk_system *system, const struct sk_compose_kit *kit,
                         const struct sk_prefill *prefill, struct diag *diag);

/*
 * Say why there are no frames at paddr, which a region wants: an error at the region that has
 * this address. page_bytes lie behind the initialiser. False: no region has it.
 */
bool sk_addresses_explain(const struct sk_system *system, const struct sk_compose_kit *kit,
                          const uint64_t *region_size, uint64_t page_bytes, uint64_t paddr,
                          struct diag *diag);
