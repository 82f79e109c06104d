/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/task/stop.h>

#include "threads.h"

/* What x7, the number of the system call, is in a thread whose call was stopped. */
#define STOPPED 0

enum { CALL_NUMBER = 7 };

/* No turn is lost between looking and entering: this folder has no trace points. */
bool sk_arch_call_while(const unsigned *word, unsigned value, seL4_Word x[8])
{
    seL4_Word all[9] = {0};

    if (__atomic_load_n(word, __ATOMIC_SEQ_CST) != value) {
        return false;
    }
    for (unsigned n = 0; n <= CALL_NUMBER; n++) {
        all[n] = x[n];
    }
    sk_host_svc(all);
    x[0] = all[0];
    x[1] = all[1];
    return all[CALL_NUMBER] != STOPPED;
}

void sk_arch_call_stop(seL4_CPtr tcb)
{
    seL4_UserContext context;
    const seL4_Word count = offsetof(seL4_UserContext, x7) / sizeof(seL4_Word) + 1;

    if (seL4_TCB_ReadRegisters(tcb, 0, 0, count, &context) == seL4_NoError &&
        context.pc == PC_CALL) {
        context.pc = PC_AFTER;
        context.x7 = STOPPED;
        (void)seL4_TCB_WriteRegisters(tcb, 0, 0, count, &context);
    }
}
