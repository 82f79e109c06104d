/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

seL4_CPtr sk_boot_sched_control(const seL4_BootInfo *bi)
{
    return bi->schedcontrol.start;
}
