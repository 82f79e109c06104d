/*
 * The usual system calls in few instructions: a call to a server that waits, and its answer.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/*
 * A system call of the running thread t. Does what sk_kernel_syscall() does, which it calls for
 * everything that is not usual.
 */
struct tcb *sk_kernel_syscall_fast(struct kernel *k, struct tcb *t, int64_t number);
