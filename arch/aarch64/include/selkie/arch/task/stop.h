/*
 * System calls that another thread can stop.
 *
 * Nothing in seL4 wakes a thread that waits at a notification but a signal, which any other
 * that waits there may get. But a thread that is suspended while it waits makes its system call
 * anew when it is resumed, at the address of the instruction; and that can be changed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

/*
 * Make a system call with these registers if *word is value, and put what x0 and x1 are
 * afterwards there. False: it was another value, or the call was stopped; then nothing has been
 * done.
 */
bool sk_arch_call_while(const unsigned *word, unsigned value, seL4_Word x[8]);

/* The instructions that read the word, and that enter the kernel, and the way out. */
extern const char sk_arch_call_begins[], sk_arch_call_enters[], sk_arch_call_stopped[];

/*
 * Stop the call that the thread of tcb, which is suspended, is in, if it is in one. The rest of
 * its registers stays as it is.
 */
static inline void sk_arch_call_stop(seL4_CPtr tcb)
{
    seL4_UserContext context;

    if (seL4_TCB_ReadRegisters(tcb, 0, 0, 1, &context) == seL4_NoError &&
        context.pc >= (seL4_Word)sk_arch_call_begins &&
        context.pc <= (seL4_Word)sk_arch_call_enters) {
        context.pc = (seL4_Word)sk_arch_call_stopped;
        /* Fails only on what is no TCB. */
        (void)seL4_TCB_WriteRegisters(tcb, 0, 0, 1, &context);
    }
}
