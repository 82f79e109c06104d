/*
 * Offsets in struct sk_boot_plan, for assembly. mmu.c asserts that they are right.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#define PLAN_KERNEL_ENTRY   0x38
#define PLAN_USER_PADDR     0x40
#define PLAN_USER_PADDR_END 0x48
#define PLAN_USER_PV_OFFSET 0x50
#define PLAN_USER_ENTRY     0x58
#define PLAN_DTB_PADDR      0x60
#define PLAN_DTB_SIZE       0x68
