/*
 * Three generations below the root task: each has its memory from the one before, and when one
 * ends, all below it end with it and everything comes back.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/task/process.h>

#include "../grandchild/family.h"

SK_ROOT_TASK(bi)
{
    struct sk_process p;

    family_open(bi);

    family_start(&p, "exit", 21);
    sk_process_wait(&p);
    family_end(&p);

    /* The third generation rings the bell, and spins. */
    family_start(&p, "spin", 21);
    family_wait_for_bell();
    family_end(&p);

    family_close();
    sk_puts("all is back");
    return 0;
}
