/*
 * The simple source of a root task: it takes from the boot info and gives nothing back to it.
 *
 * Slots come from the upper end of the boot info's empty region, whose end moves down, so that
 * a program which takes from the lower end does not meet them. Objects are made from the
 * smallest piece of RAM that has room; memory of freed objects is lost until everything made
 * from its piece is freed. Pages lie at addresses from SK_BOOT_SOURCE_PAGES.
 *
 * Threads may share it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/source.h>

/* Where the pages are: 16 MiB for each 4096 slots of the first CNode. */
#define SK_BOOT_SOURCE_PAGES ((uintptr_t)0x800000000)

/* The source. Only for root tasks: in other environments linking it fails. */
struct sk_source *sk_boot_source(void);
