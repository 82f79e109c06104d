/*
 * The monitor, and the domain that it watches several of.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata
    .balign 16
    .global monitor_image, domain_image
monitor_image:
    .incbin "../elf/monitor.elf"
    .balign 16
domain_image:
    .incbin "../tests/system/microkit-monitor/domain.elf"

    .section .note.GNU-stack, "", %progbits
