/*
 * A process with untyped memory of its own does what its parent does: it maps pages and starts
 * processes. However it ends, everything of it and of its children comes back.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/task/process.h>

#include "family.h"

SK_ROOT_TASK(bi)
{
    struct sk_process p;

    family_open(bi);

    family_start(&p, "exit", 20);
    sk_process_wait(&p);
    family_end(&p);

    family_start(&p, "spin", 21);
    family_wait_for_bell();
    family_end(&p);

    family_start(&p, "small", 19);
    sk_process_wait(&p);
    family_end(&p);

    family_close();
    return 0;
}
