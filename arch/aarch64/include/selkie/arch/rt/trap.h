/*
 * Traps: the instruction by which compilers stop a program that has gone wrong. And what the
 * processor says of other faults.
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

/* Why the processor refused an instruction, or NULL if it is not known; number is as above. */
const char *sk_arch_exception_name(seL4_Word number);

/*
 * What is wrong with an access besides that nothing is mapped there so, or NULL. status is that
 * word of a VM fault.
 */
const char *sk_arch_access_name(seL4_Word status);
