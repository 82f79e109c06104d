/*
 * The development kernel in this process, for tests of everything above it.
 *
 *     struct host_kernel k = host_kernel_boot();
 *     seL4_CPtr ep = host_kernel_make(&k, seL4_EndpointObject, 0);
 *
 * After booting, the test's own thread is the root task's first thread: seL4_*() and what is
 * built on them work, its IPC buffer is set, and pages that it maps between 0x10000 and
 * 0x7fff0000 can be used through pointers. Other threads are pthreads that the kernel chooses;
 * <selkie/arch/kernel/threads.h> says how they start and fault. Booting ends the kernel that
 * was there before. cmocka's assertions belong into the test's own thread.
 *
 * In a folder's build.mk:
 *
 *     units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c
 *     uses   := kernel
 *     cflags := -Ikernel
 *
 * Add -fsanitize-coverage=trace-pc for threads that lose their turn at any basic block.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

struct host_kernel {
    const seL4_BootInfo *info;
    seL4_CPtr tcb; /* the first thread's own */
    seL4_CPtr cnode;
    seL4_CPtr vspace;
    seL4_CPtr sched_context;
    seL4_CPtr sched_control;
    seL4_CPtr untyped;   /* the largest piece of RAM; the members below come from it */
    seL4_CPtr frame;     /* 4 KiB, not mapped */
    seL4_CPtr next_slot; /* the first that is empty, like all behind it */
};

/* A machine with 16 MiB of RAM. Page tables for the first 2 MiB of the VSpace are mapped. */
struct host_kernel host_kernel_boot(void);

/* The same; a seed other than zero chooses where threads lose their turn. */
struct host_kernel host_kernel_boot_seeded(uint64_t seed);

/* End the kernel and its threads, if there is one; the test's thread is nobody's again. */
void host_kernel_end(void);

/* A new object, from the largest untyped, in the next empty slot. Stops the process if not. */
seL4_CPtr host_kernel_make(struct host_kernel *k, seL4_Word type, seL4_Word size_bits);

/*
 * A thread of ours: in our CSpace and VSpace, with an IPC buffer at buffer_vaddr (a page that
 * is mapped here), and its scheduling context in the slot behind. It calls entry(argument) when
 * its turn comes, which at priorities below 255 is when we wait. 10 ms of time each 10 ms.
 */
seL4_CPtr host_kernel_thread(struct host_kernel *k, void (*entry)(seL4_Word argument),
                             seL4_Word argument, seL4_Word priority, seL4_Word buffer_vaddr,
                             seL4_CPtr fault_handler);

/* How many pages the VSpace maps beyond those it had after booting. */
uint64_t host_kernel_mapping_count(void);
