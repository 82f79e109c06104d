/* ERROR: incompatible type */
/* TWIN: s/r->control = 1/sk_register_write(r->control, 1)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/pl011.h>

/* Accesses go by the functions only, so that each is one access, and a test can see it. */
void set(volatile struct sk_pl011_registers *r)
{
    r->control = 1;
}
