/*
 * Where a thread with a fault goes on, on its own stack: selkie/arch/rt/unwind.h has what is at
 * sp. The tables say of it what they say of signal frames, that the caller did not call; a
 * column of 96 is the pc of such a caller.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .section .text.sk_arch_fault_entry, "ax", %progbits
    .global sk_arch_fault_entry
    .hidden sk_arch_fault_entry
    .type sk_arch_fault_entry, %function
sk_arch_fault_entry:
    .cfi_startproc
    .cfi_signal_frame
    .cfi_return_column 96
    .cfi_def_cfa sp, 144
    .cfi_offset 29, -144
    .cfi_offset 96, -128
    .cfi_offset 30, -120
    mov     x29, sp
    add     x0, sp, #32
    bl      sk_panic_fault
    .cfi_endproc
    .size sk_arch_fault_entry, . - sk_arch_fault_entry

    .section .note.GNU-stack, "", %progbits
