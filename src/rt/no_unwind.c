/*
 * What functions with drops refer to, in a program whose panics do not unwind: no code that
 * could call these runs there.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/attr.h>

SK_NORETURN void _Unwind_Resume(void *flight);
void __gcc_personality_v0(void);

SK_NORETURN void _Unwind_Resume(void *flight)
{
    (void)flight;
    __builtin_trap();
}

void __gcc_personality_v0(void)
{
    __builtin_trap();
}
