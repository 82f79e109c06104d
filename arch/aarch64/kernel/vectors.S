/*
 * In and out of the kernel.
 *
 * While user mode runs, SP_EL1 points at the running thread's context, which comes first in its
 * TCB: an exception can store registers at once, without a scratch register. Offsets are those
 * of struct sk_arch_context.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#define SP_PC      248
#define PC         256
#define RESTART_PC 272
#define EC_SHIFT   26
#define EC_SVC     0x15

/* Leaves the context in x19, ELR in x22, the kernel's instance in x0; sets its stack up. */
.macro save_context
    stp     x0, x1, [sp, #0]
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x16, x17, [sp, #128]
    stp     x18, x19, [sp, #144]
    stp     x20, x21, [sp, #160]
    stp     x22, x23, [sp, #176]
    stp     x24, x25, [sp, #192]
    stp     x26, x27, [sp, #208]
    stp     x28, x29, [sp, #224]
    mrs     x21, sp_el0
    mrs     x22, elr_el1
    mrs     x23, spsr_el1
    stp     x30, x21, [sp, #240]
    stp     x22, x23, [sp, #PC]
    mov     x19, sp
    adrp    x0, sk_arch_stack_top
    add     sp, x0, :lo12:sk_arch_stack_top
    adrp    x0, sk_arch_kernel
    add     x0, x0, :lo12:sk_arch_kernel
.endm

.macro vector target
    .balign 128
    b       \target
.endm

    .section .text.vectors, "ax"
    .balign 2048
    .global vectors
vectors:
    vector  in_kernel /* from the kernel itself: synchronous, IRQ, FIQ, SError */
    vector  in_kernel
    vector  in_kernel
    vector  in_kernel
    vector  in_kernel
    vector  in_kernel
    vector  in_kernel
    vector  in_kernel
    vector  user_synchronous
    vector  user_interrupt
    vector  user_interrupt
    vector  user_synchronous
    vector  user_synchronous /* 32-bit user mode does not exist */
    vector  user_interrupt
    vector  user_interrupt
    vector  user_synchronous

    .balign 64
user_synchronous:
    save_context
    mrs     x1, esr_el1
    lsr     x2, x1, #EC_SHIFT
    cmp     x2, #EC_SVC
    b.ne    user_exception
    sub     x22, x22, #4
    str     x22, [x19, #RESTART_PC]
    mov     x1, x19
    ldr     x2, [x19, #56] /* x7, the number of the system call */
    bl      sk_kernel_syscall_fast

    .global leave_kernel
leave_kernel: /* x0: the thread to go on with */
    cbz     x0, nobody
    mov     sp, x0
    ldp     x30, x21, [x0, #240]
    ldp     x22, x23, [x0, #PC]
    msr     sp_el0, x21
    msr     elr_el1, x22
    msr     spsr_el1, x23
    ldp     x2, x3, [x0, #16]
    ldp     x4, x5, [x0, #32]
    ldp     x6, x7, [x0, #48]
    ldp     x8, x9, [x0, #64]
    ldp     x10, x11, [x0, #80]
    ldp     x12, x13, [x0, #96]
    ldp     x14, x15, [x0, #112]
    ldp     x16, x17, [x0, #128]
    ldp     x18, x19, [x0, #144]
    ldp     x20, x21, [x0, #160]
    ldp     x22, x23, [x0, #176]
    ldp     x24, x25, [x0, #192]
    ldp     x26, x27, [x0, #208]
    ldp     x28, x29, [x0, #224]
    ldp     x0, x1, [x0, #0]
    eret

user_exception:
    str     x22, [x19, #RESTART_PC]
    mrs     x2, far_el1
    bl      sk_arch_exception
    b       leave_kernel

user_interrupt:
    save_context
    str     x22, [x19, #RESTART_PC]
    bl      sk_kernel_interrupt
    b       leave_kernel

nobody: /* can run: wait for an interrupt */
    adrp    x0, sk_arch_kernel
    add     x0, x0, :lo12:sk_arch_kernel
    bl      sk_arch_idle
    b       leave_kernel

in_kernel:
    mrs     x1, esr_el1
    mrs     x2, far_el1
    mrs     x3, elr_el1
    adrp    x0, sk_arch_stack_top
    add     sp, x0, :lo12:sk_arch_stack_top
    adrp    x0, sk_arch_kernel
    add     x0, x0, :lo12:sk_arch_kernel
    bl      sk_arch_in_kernel
    b       .

    /* x0: where; q0 to q31, FPSR, FPCR. */
    .global fpu_save, fpu_load
fpu_save:
.arch_extension fp
.arch_extension simd
    stp     q0, q1, [x0, #0]
    stp     q2, q3, [x0, #32]
    stp     q4, q5, [x0, #64]
    stp     q6, q7, [x0, #96]
    stp     q8, q9, [x0, #128]
    stp     q10, q11, [x0, #160]
    stp     q12, q13, [x0, #192]
    stp     q14, q15, [x0, #224]
    stp     q16, q17, [x0, #256]
    stp     q18, q19, [x0, #288]
    stp     q20, q21, [x0, #320]
    stp     q22, q23, [x0, #352]
    stp     q24, q25, [x0, #384]
    stp     q26, q27, [x0, #416]
    stp     q28, q29, [x0, #448]
    stp     q30, q31, [x0, #480]
    mrs     x1, fpsr
    mrs     x2, fpcr
    add     x0, x0, #512
    stp     x1, x2, [x0]
    ret
fpu_load:
    ldp     q0, q1, [x0, #0]
    ldp     q2, q3, [x0, #32]
    ldp     q4, q5, [x0, #64]
    ldp     q6, q7, [x0, #96]
    ldp     q8, q9, [x0, #128]
    ldp     q10, q11, [x0, #160]
    ldp     q12, q13, [x0, #192]
    ldp     q14, q15, [x0, #224]
    ldp     q16, q17, [x0, #256]
    ldp     q18, q19, [x0, #288]
    ldp     q20, q21, [x0, #320]
    ldp     q22, q23, [x0, #352]
    ldp     q24, q25, [x0, #384]
    ldp     q26, q27, [x0, #416]
    ldp     q28, q29, [x0, #448]
    ldp     q30, q31, [x0, #480]
    add     x0, x0, #512
    ldp     x1, x2, [x0]
    msr     fpsr, x1
    msr     fpcr, x2
    ret
