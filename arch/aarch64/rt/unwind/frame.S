/*
 * The machine's part of unwinding; selkie/arch/rt/unwind.h has the layout of a frame.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */

    /* x0: the frame to fill. Ours is the caller's: the stack is untouched. */
    .section .text.sk_arch_frame_here, "ax", %progbits
    .global sk_arch_frame_here
    .type sk_arch_frame_here, %function
sk_arch_frame_here:
    .cfi_startproc
    stp     x19, x20, [x0, #0]
    stp     x21, x22, [x0, #16]
    stp     x23, x24, [x0, #32]
    stp     x25, x26, [x0, #48]
    stp     x27, x28, [x0, #64]
    stp     x29, x30, [x0, #80]
    mov     x1, sp
    stp     x1, x30, [x0, #96]
    stp     d8, d9, [x0, #112]
    stp     d10, d11, [x0, #128]
    stp     d12, d13, [x0, #144]
    stp     d14, d15, [x0, #160]
    ret
    .cfi_endproc
    .size sk_arch_frame_here, . - sk_arch_frame_here

    /* x0: the frame, x1: the value for x0 in it. */
    .section .text.sk_arch_frame_enter, "ax", %progbits
    .global sk_arch_frame_enter
    .type sk_arch_frame_enter, %function
sk_arch_frame_enter:
    .cfi_startproc
    .cfi_undefined x30
    ldp     x19, x20, [x0, #0]
    ldp     x21, x22, [x0, #16]
    ldp     x23, x24, [x0, #32]
    ldp     x25, x26, [x0, #48]
    ldp     x27, x28, [x0, #64]
    ldp     x29, x30, [x0, #80]
    ldp     d8, d9, [x0, #112]
    ldp     d10, d11, [x0, #128]
    ldp     d12, d13, [x0, #144]
    ldp     d14, d15, [x0, #160]
    ldp     x2, x3, [x0, #96]
    mov     sp, x2
    mov     x0, x1
    mov     x1, xzr
    br      x3
    .cfi_endproc
    .size sk_arch_frame_enter, . - sk_arch_frame_enter

    /* x0: function, x1: its argument, x2: the mark, kept in the third word of the frame. */
    .section .text.sk_arch_catch, "ax", %progbits
    .global sk_arch_catch, sk_arch_catch_pad
    .hidden sk_arch_catch_pad
    .type sk_arch_catch, %function
sk_arch_catch:
    .cfi_startproc
    stp     x29, x30, [sp, #-32]!
    .cfi_def_cfa_offset 32
    .cfi_offset 29, -32
    .cfi_offset 30, -24
    str     x2, [sp, #16]
    mov     x29, sp
    mov     x2, x0
    mov     x0, x1
    blr     x2
sk_arch_catch_pad:
    ldp     x29, x30, [sp], #32
    .cfi_restore 30
    .cfi_restore 29
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
    .size sk_arch_catch, . - sk_arch_catch

    .section .note.GNU-stack, "", %progbits
