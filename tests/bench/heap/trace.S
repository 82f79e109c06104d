/*
 * What skgen allocates while it reads a board file and writes its configuration, recorded by
 * a preloaded library: aSLOT:SIZE, rSLOT:SIZE and fSLOT for malloc, realloc and free.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .rodata
    .global trace
trace:
    .incbin "tests/bench/heap/trace.txt"
    .byte 0

    .section .note.GNU-stack, "", %progbits
