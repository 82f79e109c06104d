/*
 * The first instructions of a domain, when it starts and when it is restarted. Then the stack
 * pointer is where the domain was stopped, which may be in the guard page, so it is set.
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
    adrp    x0, sk_microkit_stack_end
    ldr     x0, [x0, :lo12:sk_microkit_stack_end]
    mov     sp, x0
    bl      sk_microkit_restore_memory
    mov     x0, sp
    bl      sk_microkit_enter
    .cfi_endproc
    .size _start, . - _start

    .section .note.GNU-stack, "", %progbits
