/*
 * The debug console. In a configuration without PRINTING nothing is printed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

void sk_kdebug_print(struct kernel *k, const char *text);
void sk_kdebug_hex(struct kernel *k, uint64_t value);
void sk_kdebug_decimal(struct kernel *k, uint64_t value);

/* A thread cannot be helped: say what happened, where, and what is on its stack. */
void sk_kdebug_unhandled_fault(struct kernel *k, const struct tcb *t, const struct fault *f);

/* An invocation of the running thread failed. */
void sk_kdebug_failed_invocation(struct kernel *k, const char *operation, seL4_Error e);

/* Tables of all threads, for debug builds only. */
void sk_kdebug_thread_add(struct kernel *k, struct tcb *t);
void sk_kdebug_thread_remove(struct kernel *k, struct tcb *t);

/* The debug system calls that the configuration has. */
void sk_ksyscall_DebugPutChar(struct kernel *k);
void sk_ksyscall_DebugDumpScheduler(struct kernel *k);
void sk_ksyscall_DebugHalt(struct kernel *k);
void sk_ksyscall_DebugCapIdentify(struct kernel *k);
void sk_ksyscall_DebugSnapshot(struct kernel *k);
void sk_ksyscall_DebugNameThread(struct kernel *k);
