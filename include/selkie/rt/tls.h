/*
 * Thread-local storage.
 *
 * The linker gathers the program's thread-local variables in a template, the PT_TLS
 * segment. Each thread has its own copy of it, and a thread pointer that says where.
 * To give a thread its TLS, take sk_tls_size() bytes anywhere (rt and the examples
 * take the top of the thread's stack), and:
 *
 *     uintptr_t thread_pointer = sk_tls_init(room);
 *
 * The result goes into the new thread's register (seL4_TCB_SetTLSBase, or the initial
 * registers of sk_arch_thread_registers).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Bytes that one thread's TLS takes, whatever the alignment of its room. A multiple of
 * 16; 0 if the program has no thread-local variable.
 */
size_t sk_tls_size(void);

/*
 * Lay out a thread's TLS in room, which has sk_tls_size() bytes, and return the thread
 * pointer for it. The variables have their initial values.
 */
uintptr_t sk_tls_init(void *room);
