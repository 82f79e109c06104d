/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

/* Only the program counter: that is Microkit's restart, and the rest is the child's _start. */
void microkit_pd_restart(microkit_child pd, seL4_Word entry_point)
{
    seL4_UserContext registers = {.pc = entry_point};

    sk_microkit_check("microkit_pd_restart",
                      seL4_TCB_WriteRegisters(BASE_TCB_CAP + pd, 1, 0, 1, &registers));
}

void microkit_pd_stop(microkit_child pd)
{
    sk_microkit_check("microkit_pd_stop", seL4_TCB_Suspend(BASE_TCB_CAP + pd));
}

void microkit_pd_resume(microkit_child pd)
{
    sk_microkit_check("microkit_pd_resume", seL4_TCB_Resume(BASE_TCB_CAP + pd));
}
