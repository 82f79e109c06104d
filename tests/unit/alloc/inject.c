/* SPDX-License-Identifier: BSD-2-Clause */
#include "inject.h"

#include <sel4/sel4.h>

static unsigned count;
static unsigned fail_at;
static unsigned fail_many;

void __real_sk_host_svc(seL4_Word x[9]);
void __wrap_sk_host_svc(seL4_Word x[9]);

void inject_at(unsigned nth, unsigned many)
{
    count = 0;
    fail_many = many;
    fail_at = nth;
}

bool inject_has_failed(void)
{
    return fail_at != 0 && count >= fail_at;
}

unsigned inject_count(void)
{
    return count;
}

static bool can_fail(const seL4_Word x[9])
{
    if (x[7] != (seL4_Word)seL4_SysCall) {
        return false;
    }
    switch (x[1] >> 12) {
    case UntypedRetype:
    case CNodeCopy:
    case CNodeMint:
    case CNodeMutate:
    case TCBSetSpace:
    case TCBSetIPCBuffer:
    case TCBSetMCPriority:
    case TCBSetPriority:
    case TCBWriteRegisters:
    case SchedControlConfigureFlags:
    case SchedContextBind:
    case ARMPageMap:
    case ARMPageUnify_Instruction:
    case ARMPageTableMap:
        return true;
    default:
        return false;
    }
}

/* The linker puts this before every system call (-Wl,--wrap). */
void __wrap_sk_host_svc(seL4_Word x[9])
{
    if (can_fail(x) && ++count >= fail_at && count - fail_at < fail_many) {
        x[0] = 0;
        x[1] = (seL4_Word)seL4_NotEnoughMemory << 12 | 1;
        x[2] = 0;
        return;
    }
    __real_sk_host_svc(x);
}
