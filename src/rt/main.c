/*
 * The body of a program that has a main() and no SK_ROOT_TASK.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>

#include "args.h"

int sk_root_task(const seL4_BootInfo *bi)
{
    static char name[] = "rootserver";
    static char variable[] = "seL4=1";
    static char *argv[] = {name, NULL};
    static char *envp[] = {variable, NULL};

    (void)bi;
    return sk_call_main((struct sk_args){1, argv, envp, NULL});
}
