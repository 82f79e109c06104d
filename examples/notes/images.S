/*
 * The client's program, as it was linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata
    .balign 16
    .global client_image, client_image_end
client_image:
    .incbin "../examples/notes/notes-client.elf"
client_image_end:

    .section .note.GNU-stack, "", %progbits
