/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>
#include <selkie/rt/main.h>

static void give_up(void)
{
    sk_exit(7);
}

SK_ROOT_TASK(bi)
{
    give_up();
    return 0;
}
