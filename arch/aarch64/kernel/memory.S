/*
 * The functions that compilers call for assignments of structures, which are small.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
    .text
    .global memset, memcpy, memmove, memcmp

memset: /* x0: where, w1: what, x2: how much */
    and     x1, x1, #0xff
    mov     x3, #0x0101010101010101
    mul     x1, x1, x3
    mov     x3, x0
1:  subs    x2, x2, #16
    b.lo    2f
    stp     x1, x1, [x3], #16
    b       1b
2:  tbz     x2, #3, 3f
    str     x1, [x3], #8
3:  ands    x2, x2, #7
    b.eq    5f
4:  strb    w1, [x3], #1
    subs    x2, x2, #1
    b.ne    4b
5:  ret

memmove: /* x0: to, x1: from, x2: how much */
    sub     x3, x0, x1
    cmp     x3, x2
    b.lo    backward
memcpy:
    mov     x3, x0
1:  subs    x2, x2, #16
    b.lo    2f
    ldp     x4, x5, [x1], #16
    stp     x4, x5, [x3], #16
    b       1b
2:  tbz     x2, #3, 3f
    ldr     x4, [x1], #8
    str     x4, [x3], #8
3:  ands    x2, x2, #7
    b.eq    5f
4:  ldrb    w4, [x1], #1
    strb    w4, [x3], #1
    subs    x2, x2, #1
    b.ne    4b
5:  ret

backward:
    cbz     x2, 7f
6:  sub     x2, x2, #1
    ldrb    w4, [x1, x2]
    strb    w4, [x0, x2]
    cbnz    x2, 6b
7:  ret

memcmp:
    mov     x3, x0
    mov     w0, #0
8:  cbz     x2, 9f
    ldrb    w4, [x3], #1
    ldrb    w5, [x1], #1
    sub     x2, x2, #1
    subs    w0, w4, w5
    b.eq    8b
9:  ret
