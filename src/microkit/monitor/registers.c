/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <selkie/arch/microkit/registers.h>
#include <selkie/rt/print.h>

enum { REGISTERS_A_LINE = 4 };

void sk_monitor_registers(const seL4_UserContext *registers)
{
    for (unsigned n = 0; n < SK_ARCH_NAMED_REGISTERS; n++) {
        sk_printf("%s%sx%u 0x%016lx", n % REGISTERS_A_LINE == 0 ? n == 0 ? "  " : "\n  " : "  ",
                  n < 10 ? " " : "", n, sk_arch_named_register(registers, n));
    }
    sk_puts("");
}
