/* SPDX-License-Identifier: BSD-2-Clause */
#include <microkit.h>
#include <stdint.h>

void init(void)
{
    microkit_dbg_puts("hello from ");
    microkit_dbg_puts(microkit_name);
    microkit_dbg_puts("\n");
}

void notified(microkit_channel ch)
{
    (void)ch;
}
