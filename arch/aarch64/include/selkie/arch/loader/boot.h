/*
 * The loader's machine: what loader/main.c needs of an architecture.
 *
 * The functions are called once each, in this order: check, enter_level, map, copy and zero
 * (any number of times), enter_kernel. Before map() the MMU and the data cache are off, so
 * memory is reached in naturally aligned words only; after it all of the plan's RAM is
 * mapped one to one, cached, and the kernel is mapped at its link address.
 *
 * start.S provides the entry point of the program, the loader's first byte; it sets a stack,
 * clears the loader's own BSS and calls sk_loader_main(). SK_BOOT_PLAN_OFFSET bytes behind it
 * is the plan; between them is what a boot program of this machine wants to see of a kernel.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/base/attr.h>
#include <selkie/loader/plan.h>

/*
 * Can the plan be carried out from the state in which the processor was entered?
 * Returns NULL if so, otherwise a sentence for the console.
 */
const char *sk_arch_loader_check(const struct sk_boot_plan *plan);

/* Go to the privilege level that the plan's kernel wants, and put timers in order. */
void sk_arch_loader_enter_level(const struct sk_boot_plan *plan);

/* Build the boot page tables and turn the MMU and the caches on. */
void sk_arch_loader_map(const struct sk_boot_plan *plan);

/*
 * Copy size bytes, quickly, so that they can be executed. Any alignment, no overlap; only after
 * map().
 */
void sk_arch_loader_copy(uint64_t to_paddr, uint64_t from_paddr, uint64_t size);

/* Fill size bytes at paddr with zeros, quickly. Any alignment; only after map(). */
void sk_arch_loader_zero(uint64_t paddr, uint64_t size);

/* Jump to the kernel with its entry registers set. */
SK_NORETURN void sk_arch_loader_enter_kernel(const struct sk_boot_plan *plan);

/* Stop the processor for good. */
SK_NORETURN void sk_arch_loader_stop(void);
