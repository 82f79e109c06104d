/*
 * call_through(fn): a function of another language, as its personality says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .text
    .global call_through, other_personality
    .type call_through, %function
call_through:
    .cfi_startproc
    .cfi_personality 0x1b, other_personality
    stp     x29, x30, [sp, #-16]!
    .cfi_def_cfa_offset 16
    .cfi_offset 29, -16
    .cfi_offset 30, -8
    mov     x29, sp
    blr     x0
    ldp     x29, x30, [sp], #16
    ret
    .cfi_endproc
    .size call_through, . - call_through

    .type other_personality, %function
other_personality:
    .cfi_startproc
    brk     #1
    .cfi_endproc
    .size other_personality, . - other_personality

    .section .note.GNU-stack, "", %progbits
