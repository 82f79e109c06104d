/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    sk_puts("waiting for nothing");
    for (;;) {
        seL4_Yield();
    }
}
