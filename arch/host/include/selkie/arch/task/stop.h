/*
 * System calls that another thread can stop: threads of the host kernel (arch/host/kernel).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

bool sk_arch_call_while(const unsigned *word, unsigned value, seL4_Word x[8]);
void sk_arch_call_stop(seL4_CPtr tcb);
