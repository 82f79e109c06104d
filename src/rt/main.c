/*
 * The body of a program that has a main() and no SK_ROOT_TASK. Its arguments are those that
 * seL4's own C runtime gives.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4runtime/auxv.h>
#include <selkie/rt/main.h>

#include "args.h"
#include "start.h"

int sk_root_task(const seL4_BootInfo *bi)
{
    static char name[] = "rootserver";
    static char variable[] = "seL4=1";
    static char *argv[] = {name, NULL};
    static char *envp[] = {variable, NULL};
    static struct sk_aux aux[] = {
        {AT_SEL4_BOOT_INFO, 0},
        {AT_SEL4_IPC_BUFFER_PTR, 0},
        {AT_SEL4_TCB, seL4_CapInitThreadTCB},
        {AT_SEL4_CNODE, seL4_CapInitThreadCNode},
        {AT_SEL4_VSPACE, seL4_CapInitThreadVSpace},
        {AT_SEL4_ASID_POOL, seL4_CapInitThreadASIDPool},
        {AT_NULL, 0},
    };

    aux[0].value = (uint64_t)sk_boot_info;
    aux[1].value = (uint64_t)bi->ipcBuffer;
    sk_args = (struct sk_args){1, argv, envp, aux};
    return sk_call_main();
}
