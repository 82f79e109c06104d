/*
 * The kernel has no console.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "microkit.h"

void sk_microkit_refuse(const char *call, microkit_channel ch)
{
    (void)call;
    (void)ch;
}

void sk_microkit_forget(microkit_child child)
{
    (void)child;
}

void sk_microkit_check(const char *call, seL4_Error error)
{
    (void)call;
    if (error != seL4_NoError) {
        microkit_internal_crash(error);
    }
}
