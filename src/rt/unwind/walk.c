/* SPDX-License-Identifier: BSD-2-Clause */
#include "unwind.h"

/*
 * What compilers name in the table for a C function with drops. Others call it; here only its
 * address counts.
 */
void __gcc_personality_v0(void);

void __gcc_personality_v0(void)
{
    __builtin_trap();
}

enum unwind_look sk_unwind_look(struct unwind_walk *walk)
{
    /* A call that does not return may be its function's last instruction. */
    walk->place = walk->frame.reg[SK_ARCH_FRAME_PC] - (walk->is_exact ? 0 : 1);
    if (!sk_unwind_find(walk->place, &walk->entry)) {
        return UNWIND_NO_WAY;
    }
    if (walk->entry.start == (uintptr_t)sk_arch_catch) {
        return UNWIND_CATCH;
    }
    return walk->entry.personality == 0 ||
                   walk->entry.personality == (uintptr_t)__gcc_personality_v0
               ? UNWIND_FRAME
               : UNWIND_NO_WAY;
}

enum unwind_step sk_unwind_up(struct unwind_walk *walk)
{
    enum unwind_step step = sk_unwind_step(&walk->entry, walk->place, &walk->frame);

    walk->is_exact = walk->entry.is_fault;
    return step;
}
