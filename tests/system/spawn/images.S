/*
 * The programs that are spawned, as they were linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata
    .balign 16
    .global child_image, child_image_end, domain_image, domain_image_end
child_image:
    .incbin "../tests/system/spawn/child.elf"
child_image_end:
    .balign 16
domain_image:
    .incbin "../tests/system/spawn/domain.elf"
domain_image_end:

    .section .note.GNU-stack, "", %progbits
