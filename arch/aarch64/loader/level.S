/*
 * Exception levels, the MMU switch, fast copies and zeros: what C cannot say.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .macro address reg, symbol
    adrp    \reg, \symbol
    add     \reg, \reg, :lo12:\symbol
    .endm

    /* The bits of SCTLR that read as one in ARMv8.0, with and without MMU and caches. */
    .equ SCTLR_EL1_OFF, 0x30d00800
    .equ SCTLR_EL1_ON,  0x30d01805
    .equ SCTLR_EL2_ON,  0x30c51835

    .text
    /*
     * aarch64_loader_prepare_el2(): the timer state that a kernel expects of EL2, whether
     * it stays there or not: no offset, no traps.
     */
    .global aarch64_loader_prepare_el2
    .type aarch64_loader_prepare_el2, %function
aarch64_loader_prepare_el2:
    msr     cntvoff_el2, xzr
    mov     x0, #3
    msr     cnthctl_el2, x0
    isb
    ret
    .size aarch64_loader_prepare_el2, . - aarch64_loader_prepare_el2

    /* aarch64_loader_drop_to_el1(): returns to its caller at EL1, on the same stack. */
    .global aarch64_loader_drop_to_el1
    .type aarch64_loader_drop_to_el1, %function
aarch64_loader_drop_to_el1:
    mov     x0, #(1 << 31)              /* EL1 is AArch64; nothing is trapped */
    msr     hcr_el2, x0
    mov     x0, #0x33ff                 /* nor are FP and trace */
    msr     cptr_el2, x0
    msr     hstr_el2, xzr
    msr     vttbr_el2, xzr
    mrs     x0, midr_el1
    msr     vpidr_el2, x0
    mrs     x0, mpidr_el1
    msr     vmpidr_el2, x0
    ldr     x0, =SCTLR_EL1_OFF
    msr     sctlr_el1, x0
    address x0, sk_arch_loader_vectors
    msr     vbar_el1, x0
    mov     x0, sp
    msr     sp_el1, x0
    mov     x0, #0x3c5                  /* EL1 with its own stack, D A I F masked */
    msr     spsr_el2, x0
    msr     elr_el2, x30
    isb
    eret
    .size aarch64_loader_drop_to_el1, . - aarch64_loader_drop_to_el1

    /* aarch64_loader_mmu_on_el1(mair, tcr, ttbr0, ttbr1) */
    .global aarch64_loader_mmu_on_el1
    .type aarch64_loader_mmu_on_el1, %function
aarch64_loader_mmu_on_el1:
    dsb     sy
    msr     mair_el1, x0
    msr     tcr_el1, x1
    msr     ttbr0_el1, x2
    msr     ttbr1_el1, x3
    isb
    tlbi    vmalle1
    ic      iallu
    dsb     sy
    isb
    ldr     x4, =SCTLR_EL1_ON
    msr     sctlr_el1, x4
    isb
    ret
    .size aarch64_loader_mmu_on_el1, . - aarch64_loader_mmu_on_el1

    /* aarch64_loader_mmu_on_el2(mair, tcr, ttbr0) */
    .global aarch64_loader_mmu_on_el2
    .type aarch64_loader_mmu_on_el2, %function
aarch64_loader_mmu_on_el2:
    dsb     sy
    msr     mair_el2, x0
    msr     tcr_el2, x1
    msr     ttbr0_el2, x2
    isb
    tlbi    alle2
    ic      iallu
    dsb     sy
    isb
    ldr     x4, =SCTLR_EL2_ON
    msr     sctlr_el2, x4
    isb
    ret
    .size aarch64_loader_mmu_on_el2, . - aarch64_loader_mmu_on_el2

    /*
     * sk_arch_loader_copy(to, from, size): 64 bytes at a time, and bytes for the rest. The
     * kernel may look at the copy with its caches off, so it is cleaned to memory.
     */
    .global sk_arch_loader_copy
    .type sk_arch_loader_copy, %function
sk_arch_loader_copy:
    mov     x3, x0
    subs    x2, x2, #64
    b.lo    2f
1:  ldp     x4, x5, [x1]
    ldp     x6, x7, [x1, #16]
    ldp     x8, x9, [x1, #32]
    ldp     x10, x11, [x1, #48]
    add     x1, x1, #64
    stp     x4, x5, [x0]
    stp     x6, x7, [x0, #16]
    stp     x8, x9, [x0, #32]
    stp     x10, x11, [x0, #48]
    add     x0, x0, #64
    subs    x2, x2, #64
    b.hs    1b
2:  add     x2, x2, #64
3:  cbz     x2, 4f
    ldrb    w4, [x1], #1
    strb    w4, [x0], #1
    sub     x2, x2, #1
    b       3b

4:  mrs     x2, ctr_el0
    ubfx    x2, x2, #16, #4             /* DminLine: words in a line, as a logarithm */
    mov     x4, #4
    lsl     x4, x4, x2
    sub     x2, x4, #1
    bic     x3, x3, x2
5:  cmp     x3, x0
    b.hs    6f
    dc      cvac, x3
    add     x3, x3, x4
    b       5b
6:  ret
    .size sk_arch_loader_copy, . - sk_arch_loader_copy

    /*
     * sk_arch_loader_zero(paddr, size): bytes up to a multiple of the block of DC ZVA, whole
     * blocks by DC ZVA, 16 at a time (about two instructions a block), and bytes for the rest.
     */
    .global sk_arch_loader_zero
    .type sk_arch_loader_zero, %function
sk_arch_loader_zero:
    add     x1, x0, x1                  /* x1: the end */
    mrs     x2, dczid_el0
    tbnz    x2, #4, 5f                  /* DC ZVA is prohibited */
    and     x2, x2, #15
    mov     x3, #4
    lsl     x2, x3, x2                  /* x2: the block, in bytes */
    sub     x3, x2, #1

1:  tst     x0, x3
    b.eq    2f
    cmp     x0, x1
    b.hs    6f
    strb    wzr, [x0], #1
    b       1b

2:  sub     x4, x1, x0
    cmp     x4, x2, lsl #4
    b.lo    4f
    sub     x4, x1, x2, lsl #4          /* x4: the last address with 16 blocks left */
3:  .rept   16
    dc      zva, x0
    add     x0, x0, x2
    .endr
    cmp     x0, x4
    b.ls    3b

4:  sub     x4, x1, x0
    cmp     x4, x2
    b.lo    5f
    dc      zva, x0
    add     x0, x0, x2
    b       4b

5:  cmp     x0, x1
    b.hs    6f
    strb    wzr, [x0], #1
    b       5b
6:  ret
    .size sk_arch_loader_zero, . - sk_arch_loader_zero

    .section .note.GNU-stack, "", %progbits
