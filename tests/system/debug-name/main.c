/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    sk_puts("naming");
    seL4_DebugNameThread(seL4_CapInitThreadCNode, "no thread");
    sk_puts("this must not be printed");
    return 0;
}
