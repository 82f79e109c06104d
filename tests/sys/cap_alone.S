/*
 * A start file that is nobody's: a stack, a thread pointer, and on to begin(boot info).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .text._start, "ax", %progbits
    .global _start
    .type _start, %function
_start:
    adrp    x1, stack_end
    add     sp, x1, :lo12:stack_end
    adrp    x1, tls
    add     x1, x1, :lo12:tls
    msr     tpidr_el0, x1
    b       begin
    .size _start, . - _start

    .section .bss
    .balign 16
tls:
    .skip   256
stack:
    .skip   16384
stack_end:

    .section .note.GNU-stack, "", %progbits
