/*
 * From the loader to C: own page tables, system registers, stack.
 *
 * The loader has the MMU on, MAIR_EL1 and TCR_EL1 set, and this image mapped where it is
 * linked. Its arguments are in x0 to x5, and stay there.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/config.h>

#define TO_PHYSICAL (0x40000000 - 0xffffffffc0000000)

/* Bits of block and table entries. */
#define TABLE   3
#define BLOCK   1
#define PAGE    3
#define NORMAL  ((4 << 2) | (3 << 8) | (1 << 10)) /* write-back, inner shareable, accessed */
#define DEVICE  ((0 << 2) | (1 << 10))
#define READ    (1 << 7) /* only */
#define NO_USER (1 << 54)
#define NO_EXEC ((1 << 53) | (1 << 54))

/*
 * SCTLR_EL1: MMU, caches, stack alignment; for user mode WFE, and if the configuration
 * says so CTR_EL0 and cache maintenance, but not DC ZVA. Bits that are always set are set.
 */
#define SCTLR_ALWAYS 0x30d00800
#define SCTLR_KERNEL ((1 << 0) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 12))
#define SCTLR_USER   ((1 << 18) | \
                      SK_CFG_AARCH64_USER_CACHE_ENABLE * ((1 << 15) | (1 << 26)))

/* CNTKCTL_EL1: which counters and timers user mode may use. */
#define CNTKCTL ((SK_CFG_EXPORT_PCNT_USER << 0) | (SK_CFG_EXPORT_VCNT_USER << 1) | \
                 (SK_CFG_EXPORT_VTMR_USER << 8) | (SK_CFG_EXPORT_PTMR_USER << 9))

    .section .text.start, "ax"
    .global _start
_start:
    msr     daifset, #0xf
    msr     spsel, #1

    /* Our own image, page by page: text cannot be written, data cannot be executed. */
    ldr     x9, =kernel_tables_3
    ldr     x10, =0x40000000 + PAGE + NORMAL + READ + NO_USER
    ldr     x11, =_start
    ldr     x12, =kernel_data
1:  str     x10, [x9], #8
    add     x10, x10, #4096
    add     x11, x11, #4096
    cmp     x11, x12
    b.lo    1b
    ldr     x12, =READ
    bic     x10, x10, x12
    ldr     x12, =NO_EXEC
    orr     x10, x10, x12
    ldr     x12, =kernel_end
2:  str     x10, [x9], #8
    add     x10, x10, #4096
    add     x11, x11, #4096
    cmp     x11, x12
    b.lo    2b
    dsb     ishst

    ldr     x9, =kernel_tables_0 + TO_PHYSICAL
    msr     ttbr1_el1, x9
    ldr     x9, =sk_arch_empty_root + TO_PHYSICAL
    msr     ttbr0_el1, x9
    isb
    tlbi    vmalle1
    dsb     nsh
    ldr     x9, =SCTLR_ALWAYS | SCTLR_KERNEL | SCTLR_USER
    msr     sctlr_el1, x9
    isb

    adr     x9, vectors
    msr     vbar_el1, x9
    msr     cpacr_el1, xzr
    mov     x9, #CNTKCTL
    msr     cntkctl_el1, x9
    mov     x9, #-1
    msr     cntv_cval_el0, x9
    mov     x9, #1
    msr     cntv_ctl_el0, x9
    msr     pmuserenr_el0, xzr
    isb

    adrp    x9, sk_arch_stack_top
    add     sp, x9, :lo12:sk_arch_stack_top
    bl      sk_arch_start
    b       leave_kernel

    .section .data.tables, "aw"
    .balign 4096
kernel_tables_0:
    .fill   511, 8, 0
    .quad   kernel_tables_1 + TO_PHYSICAL + TABLE

    /* The physical window from 0xffffff8000000000, and at the top the kernel image. */
kernel_tables_1:
    .quad   0x00000000 + BLOCK + DEVICE + NO_EXEC
    .quad   0x40000000 + BLOCK + NORMAL + NO_EXEC
    .quad   0x80000000 + BLOCK + NORMAL + NO_EXEC
    .fill   508, 8, 0
    .quad   kernel_tables_2 + TO_PHYSICAL + TABLE
kernel_tables_2:
    .quad   kernel_tables_3 + TO_PHYSICAL + TABLE
    .fill   511, 8, 0

    .section .bss, "aw", %nobits
    .balign 4096
kernel_tables_3: /* filled by _start */
    .space  4096
    .global sk_arch_empty_root
sk_arch_empty_root:
    .space  4096
    .space  8192
    .global sk_arch_stack_top
sk_arch_stack_top:
