/*
 * The domains, as they were linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata
    .balign 16
    .global client_image, server_image
client_image:
    .incbin "../tests/system/microkit-many/client.elf"
    .balign 16
server_image:
    .incbin "../tests/system/microkit-many/server.elf"

    .section .note.GNU-stack, "", %progbits
