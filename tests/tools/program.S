/*
 * The smallest thing that is a root task, and with kernel.ld a kernel. NOTE is the text of
 * its Selkie note; without it there is none. START is the first instruction, if any.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .text
    .global _start
_start:
#ifdef START
    START
#endif
    wfi
    b       _start
    .space  1024

    .bss
    .space  BSS

#ifdef NOTE
    .section .note.selkie, "", %note
    .long   7, 2f - 1f, 1
    .asciz  "Selkie"
    .balign 4
1:  .ascii  NOTE
2:  .balign 4
#endif

    .section .note.GNU-stack, "", %progbits
