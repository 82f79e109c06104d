/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    sk_puts("halting");
    seL4_DebugNameThread(seL4_CapInitThreadTCB, "the last thread");
    seL4_DebugHalt();
    sk_puts("this must not be printed");
    return 0;
}
