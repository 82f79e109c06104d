/*
 * The first instructions of a root task: x0 is the address of the boot info, and there
 * is no stack. The return address and the frame pointer are zero, and the unwind rule
 * of x30 is "undefined", so that a debugger's or an unwinder's walk ends here.
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
    adrp    x1, sk_root_stack
    add     x1, x1, :lo12:sk_root_stack
    adrp    x2, sk_root_stack_size
    ldr     x2, [x2, :lo12:sk_root_stack_size]
    add     sp, x1, x2
    b       sk_root_start
    .cfi_endproc
    .size _start, . - _start

    .section .note.GNU-stack, "", %progbits
