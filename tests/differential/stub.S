/*
 * The code that actors run: one instruction, and then an unknown system call again and again,
 * so that their fault handler is told the registers. Places in it are in stub.h, and the same
 * words are in host/ground.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */

    .section .text.stub, "ax"
    .balign 64
    .global stub_start
stub_start:
stub_call:
    svc     #0
stub_done:
    mov     x7, #77
    svc     #0
    b       stub_done

/* The same without message register 0 of a success, which is a time or a physical address. */
stub_call_untimed:
    svc     #0
    lsr     x7, x1, #12
    cbnz    x7, stub_done
    mov     x2, #0
    b       stub_done

stub_load:
    ldr     x0, [x0]
    b       stub_done

stub_store:
    str     x1, [x0]
    b       stub_done

stub_jump:
    adr     x30, stub_done
    br      x0

stub_undefined:
    udf     #0
    b       stub_done

stub_spin:
    b       stub_spin
stub_end:

    .section .note.GNU-stack, "", %progbits
