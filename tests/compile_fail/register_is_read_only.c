/* ERROR: volatile sk_register_ro */
/* ERROR gcc: is not compatible with any association */
/* ERROR clang: not compatible with any generic association type */
/* TWIN: s/r->flags, 1/r->control, 1/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/pl011.h>

/* What a port tells of itself is not ours to say. */
void mend(volatile struct sk_pl011_registers *r)
{
    sk_register_write(r->flags, 1);
}
