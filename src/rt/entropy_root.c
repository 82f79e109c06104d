/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

/* The kernel gives a root task no entropy. */
bool sk_env_entropy(uint64_t *ret_bits)
{
    (void)ret_bits;
    return false;
}
