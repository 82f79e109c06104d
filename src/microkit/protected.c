/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

bool sk_microkit_has_protected(void)
{
    return false;
}

__attribute__((weak)) microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    (void)ch;
    (void)msginfo;
    microkit_dbg_puts(microkit_name);
    microkit_dbg_puts(" is called, but has no protected()\n");
    microkit_internal_crash(seL4_NoError);
}
