/*
 * The domains, as they were linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .macro image name
    .balign 16
    .global \name\()_image
\name\()_image:
    .incbin "../tests/system/microkit/\name\().elf"
    .endm

    .section .rodata
    image client
    image server
    image listener
    image timer
    image parent
    image child
    image crasher

    .section .note.GNU-stack, "", %progbits
