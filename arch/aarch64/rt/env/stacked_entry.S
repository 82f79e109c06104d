/*
 * The first instructions of a program that is started with a stack: what lies at the stack
 * pointer is its argument. A debugger's or an unwinder's walk ends here.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .text._start, "ax", %progbits
    .global _start
    .type _start, %function
_start:
    .cfi_startproc
    .cfi_undefined x30
    mov     x29, xzr
    mov     x30, xzr
    mov     x0, sp
    and     sp, x0, #-16
    b       sk_stacked_start
    .cfi_endproc
    .size _start, . - _start

    .section .note.GNU-stack, "", %progbits
