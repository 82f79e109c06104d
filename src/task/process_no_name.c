/* SPDX-License-Identifier: BSD-2-Clause */
#include "process.h"

/* Only a debug kernel has use for it. */
void sk_process_name(const struct sk_process *p)
{
    (void)p;
}
