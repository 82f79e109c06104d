/*
 * The board: QEMU's "virt" machine with 2 GiB of RAM, GICv2 and a PL011.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/boot.h"

#define QEMU_ARM_VIRT_GIC_DISTRIBUTOR 0x08000000ull
#define QEMU_ARM_VIRT_GIC_INTERFACE   0x08010000ull
#define QEMU_ARM_VIRT_UART            0x09000000ull
#define QEMU_ARM_VIRT_RAM             0x40000000ull
#define QEMU_ARM_VIRT_RAM_END         0xc0000000ull
#define QEMU_ARM_VIRT_TIMER_IRQ       27ull /* of the virtual timer */

/* Set the devices up, and boot. The kernel's image is from the start of RAM to kernel_end. */
bool sk_kplatform_boot(struct kernel *k, const struct boot_image *i, uint64_t kernel_end,
                       uint64_t alignment_bias);
