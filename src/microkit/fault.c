/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

__attribute__((weak)) seL4_Bool fault(microkit_child child, microkit_msginfo msginfo,
                                      microkit_msginfo *reply)
{
    (void)child;
    (void)msginfo;
    (void)reply;
    microkit_dbg_puts(microkit_name);
    microkit_dbg_puts(" has a child that faulted, but no fault()\n");
    microkit_internal_crash(seL4_NoError);
}
