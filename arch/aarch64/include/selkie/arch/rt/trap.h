/*
 * Traps: the instruction by which compilers stop a program that has gone wrong.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/*
 * What the trap found, or NULL if the exception is not a trap. number is that word of a user
 * exception fault. clang tells its checks apart, gcc has one trap for all of them.
 */
const char *sk_arch_trap_name(seL4_Word number);
