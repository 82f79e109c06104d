/*
 * Prints what the kernel hands to its root task.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

void print_boot_info(const seL4_BootInfo *bi);
