/* SPDX-License-Identifier: BSD-2-Clause */
#include "../fault.h"

#include <selkie/arch/rt/thread.h>
#include <selkie/arch/rt/unwind.h>
#include <selkie/base/assert.h>

/* Called on the stack of a thread that had a fault. */
SK_NORETURN void sk_panic_fault(const char *text);

SK_NORETURN void sk_panic_fault(const char *text)
{
    sk_panic_at(NULL, 0, "%s", text);
}

/* Is there room on the stack of t, at sp? The panic needs some more than its first frame. */
static bool has_room(const struct watched *t, uintptr_t sp)
{
    const size_t needed = 4096;

    return sp % 16 == 0 && sp - t->stack <= t->stack_size && sp - t->stack >= needed;
}

bool sk_fault_to_panic(const struct watched *t, const struct sk_fault *fault,
                       seL4_UserContext *registers, const char *text)
{
    bool is_jump = fault->kind == SK_FAULT_VM && fault->vm.is_fetch;

    if (!has_room(t, registers->sp)) {
        return false;
    }
    struct sk_arch_fault_room *room = sk_arch_fault_redirect(registers, is_jump);
    __builtin_memcpy(room->text, text, sizeof(room->text));
    return seL4_TCB_WriteRegisters(t->tcb, 1, 0, SK_ARCH_REGISTER_COUNT, registers) ==
           seL4_NoError;
}
