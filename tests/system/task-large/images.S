/*
 * The programs that are started, as they were linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata
    .balign 16
    .global child_image, child_image_end
child_image:
    .incbin "../tests/system/task-large/child.elf"
child_image_end:

    .section .note.GNU-stack, "", %progbits
