/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

/* Only a debug kernel has use for it. */
void sk_thread_name(const struct sk_thread *t)
{
    (void)t;
}
