/*
 * How a domain ends the machine, on kernels without a console too.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Semihosting's SYS_EXIT_EXTENDED: the application ended, with this status. */
static void end(uint64_t status)
{
    const uint64_t reason[2] = {0x20026, status};
    register uint64_t operation __asm__("x0") = 0x20;
    register const uint64_t *argument __asm__("x1") = reason;

    __asm__ volatile("hlt #0xf000" : "+r"(operation) : "r"(argument) : "memory");
}
