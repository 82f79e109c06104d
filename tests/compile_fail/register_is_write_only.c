/* ERROR: volatile sk_register_wo */
/* ERROR gcc: is not compatible with any association */
/* ERROR clang: not compatible with any generic association type */
/* TWIN: s/r->interrupt_clear/r->interrupts/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/pl011.h>

/* A register that clears has nothing to read. */
uint32_t look(volatile struct sk_pl011_registers *r)
{
    return sk_register_read(r->interrupt_clear);
}
