/*
 * The development kernel in this process: boot an instance, and make system calls on it.
 *
 * An instance has RAM of its own, from physical address HOST_RAM, and a first thread that never
 * runs: whoever plays it writes its registers and IPC buffer, and calls sk_host_syscall(). When
 * the kernel switches to another thread, k->current is that one, and it can be played instead.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/types.h>

#include "core/kernel.h"

#define SK_HOST_RAM         0x40000000ull
#define SK_HOST_IMAGE_VADDR 0x400000ull
#define SK_HOST_IMAGE_PAGES 8u

/* Boot a kernel with so much RAM: 4 MiB or more, in steps of 2 MiB. Null if out of memory. */
struct kernel *sk_host_open(uint64_t ram_bytes);

void sk_host_close(struct kernel *k);

/* The boot information of the first thread. */
const void *sk_host_boot_info(const struct kernel *k);

/* The IPC buffer of a thread; null if it has none. */
seL4_IPCBuffer *sk_host_ipc_buffer(struct kernel *k, const struct tcb *t);

/* The running thread makes the system call of this number; its other registers are set. */
void sk_host_syscall(struct kernel *k, int64_t number);

/* Time goes on by so many ticks; past the kernel's deadline its timer interrupts. */
void sk_host_advance(struct kernel *k, uint64_t ticks);
