/*
 * Entry, exceptions and the last jump. Everything is addressed relative to the program
 * counter: the packer may have moved the loader.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "plan_offsets.h"

    .macro address reg, symbol
    adrp    \reg, \symbol
    add     \reg, \reg, :lo12:\symbol
    .endm

    /*
     * The header of an arm64 Linux Image, which firmware knows (Linux, Documentation/arch/
     * arm64/booting.rst). Its two numbers are the packer's to fill in: zero, as here, is for
     * images that are not to be loaded by it.
     */
    .section .head, "ax"
    .global _start
    .type _start, %function
_start:
    b       start
    nop
    .quad   0                           /* where it goes, from the start of RAM */
    .quad   0                           /* memory that it takes, in bytes */
    .quad   2                           /* little endian, 4 KiB pages */
    .quad   0, 0, 0
    .ascii  "ARM\x64"
    .word   0
    .size _start, . - _start

    .text
    .type start, %function
start:
    msr     daifset, #0xf
    address x0, sk_loader_stack_end
    mov     sp, x0

    address x0, sk_loader_bss_start
    address x1, sk_loader_bss_end
1:  cmp     x0, x1
    b.hs    2f
    stp     xzr, xzr, [x0]
    stp     xzr, xzr, [x0, #16]
    stp     xzr, xzr, [x0, #32]
    stp     xzr, xzr, [x0, #48]
    add     x0, x0, #64
    b       1b

2:  address x0, sk_arch_loader_vectors
    mrs     x1, currentel
    cmp     x1, #(2 << 2)
    b.ne    3f
    msr     vbar_el2, x0
    b       4f
3:  b.hi    4f /* EL3: sk_arch_loader_check() refuses it, without vectors */
    msr     vbar_el1, x0
4:  isb

    address x0, sk_loader_plan
    mov     x29, xzr
    mov     x30, xzr
    bl      sk_loader_main
    .size start, . - start

    .global sk_arch_loader_stop
    .type sk_arch_loader_stop, %function
sk_arch_loader_stop:
    msr     daifset, #0xf
1:  wfi
    b       1b
    .size sk_arch_loader_stop, . - sk_arch_loader_stop

    /* sk_arch_loader_enter_kernel(plan): seL4's entry registers, then its entry point. */
    .global sk_arch_loader_enter_kernel
    .type sk_arch_loader_enter_kernel, %function
sk_arch_loader_enter_kernel:
    mov     x9, x0
    dsb     sy
    ic      iallu
    dsb     sy
    isb
    ldr     x0, [x9, #PLAN_USER_PADDR]
    ldr     x1, [x9, #PLAN_USER_PADDR_END]
    ldr     x2, [x9, #PLAN_USER_PV_OFFSET]
    ldr     x3, [x9, #PLAN_USER_ENTRY]
    ldr     x4, [x9, #PLAN_DTB_PADDR]
    ldr     x5, [x9, #PLAN_DTB_SIZE]
    mov     x6, xzr
    mov     x7, xzr
    ldr     x9, [x9, #PLAN_KERNEL_ENTRY]
    br      x9
    .size sk_arch_loader_enter_kernel, . - sk_arch_loader_enter_kernel

    /* What an exception inside the loader does: tell C the three numbers. */
exception:
    address x0, sk_loader_plan
    mrs     x4, currentel
    cmp     x4, #(2 << 2)
    b.ne    1f
    mrs     x1, esr_el2
    mrs     x2, elr_el2
    mrs     x3, far_el2
    b       sk_loader_exception
1:  mrs     x1, esr_el1
    mrs     x2, elr_el1
    mrs     x3, far_el1
    b       sk_loader_exception

    .balign 2048
    .global sk_arch_loader_vectors
sk_arch_loader_vectors:
    .rept   16
    b       exception
    .balign 128
    .endr

    .section .stack, "aw", %nobits
    .balign 16
    .space  4096
sk_loader_stack_end:

    .section .note.GNU-stack, "", %progbits
