/*
 * The domain, as it was linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata
    .balign 16
    .global domain_image
domain_image:
    .incbin "../tests/system/microkit-runtime/domain.elf"

    .section .note.GNU-stack, "", %progbits
