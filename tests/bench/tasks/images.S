/*
 * The program that is started, as it was linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata
    .balign 16
    .global minimal_image, minimal_image_end
minimal_image:
    .incbin "../tests/bench/tasks/minimal.elf"
minimal_image_end:

    .section .note.GNU-stack, "", %progbits
