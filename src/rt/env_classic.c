/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

/* Time needs no capability. */
seL4_CPtr sk_boot_sched_control(const seL4_BootInfo *bi)
{
    (void)bi;
    return seL4_CapNull;
}
