/*
 * A system call that another thread can stop: see <selkie/arch/task/stop.h>.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * bool sk_arch_call_while(const unsigned *word, unsigned value, seL4_Word x[8])
 *
 * From sk_arch_call_begins to sk_arch_call_enters nothing has been done yet that could not be
 * left undone. A thread that waits in the kernel is at the latter: it would make the call anew.
 * The kernel keeps x8 and above.
 */
    .section .text.sk_arch_call_while, "ax", %progbits
    .global sk_arch_call_while
    .global sk_arch_call_begins
    .global sk_arch_call_enters
    .global sk_arch_call_stopped
    .type sk_arch_call_while, %function
sk_arch_call_while:
    .cfi_startproc
    mov     x9, x0
    mov     w10, w1
    mov     x11, x2
    ldp     x0, x1, [x11]
    ldp     x2, x3, [x11, #16]
    ldp     x4, x5, [x11, #32]
    ldp     x6, x7, [x11, #48]
sk_arch_call_begins:
    ldar    w12, [x9]
    cmp     w12, w10
    b.ne    sk_arch_call_stopped
sk_arch_call_enters:
    svc     #0
    stp     x0, x1, [x11]
    mov     w0, #1
    ret
sk_arch_call_stopped:
    mov     w0, #0
    ret
    .cfi_endproc
    .size sk_arch_call_while, . - sk_arch_call_while

    .section .note.GNU-stack, "", %progbits
