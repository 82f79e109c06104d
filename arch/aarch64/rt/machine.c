/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/rt/machine.h>

#include <selkie/arch/rt/semihosting.h>

SK_NORETURN void sk_arch_exit(int status)
{
    const uintptr_t block[2] = {SK_ARCH_SEMIHOSTING_EXIT_REASON, (uintptr_t)status};

    (void)sk_arch_semihosting_call(SK_ARCH_SEMIHOSTING_EXIT_EXTENDED, block);
    __builtin_trap();
}

void sk_arch_host_write(const char *text)
{
    (void)sk_arch_semihosting_call(SK_ARCH_SEMIHOSTING_WRITE0, text);
}
