/*
 * Threads of the kernel as threads of this process.
 *
 * Each thread that the kernel runs has a pthread, so that thread-local variables work, and one
 * of them at a time holds the baton: the one the kernel chose. A system call is a call of
 * sk_host_svc(), which the raw headers make; it returns when the kernel has chosen the caller
 * again. Nothing depends on when Linux runs what: the same seed gives the same run.
 *
 * A thread starts, on a stack of its own, at the function whose address is its pc, with x0 to
 * x3 as arguments and the thread-local pointer to the IPC buffer set; its sp is not used. One
 * whose registers are written later leaves what it did, and starts there anew. When the
 * function returns, or there is none (an address below the window), that is a VM fault at pc 0.
 *
 * Touching a page of the window that the VSpace does not map is a VM fault as well: the message
 * goes to the thread's handler, and when that replies the access is made again.
 *
 * Time is virtual. A system call takes some; when nobody can run, it goes on to the next event.
 * With a seed, the running thread may lose its turn at any system call, and in code built with
 * -fsanitize-coverage=trace-pc at any basic block: time jumps to where its budget ends.
 *
 * When no thread can ever run again the process says so on standard error, with the state of
 * each thread and the kernel's console, and aborts.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

struct kernel;

/*
 * From now on the calling pthread is the running thread of k, which was booted and has the
 * window. seed 0: no turn is lost. False: out of memory.
 */
int sk_host_threads_open(struct kernel *k, uint64_t seed);

/*
 * Instead of running threads other than the caller's, call step whenever the kernel has chosen
 * one: k->current. It does something in that one's name, with the registers in its context: an
 * instruction, a system call, a fault, or time that goes by. Such a thread can be anything that
 * a program is on the target; its pc names no code of this process.
 */
typedef void sk_host_step(struct kernel *k);
void sk_host_threads_play(sk_host_step *step);

/* End all other threads. They leave what they did without cleaning up. */
void sk_host_threads_close(struct kernel *k);

/* The kernel of the calling thread; null if it is not a thread of one. */
struct kernel *sk_host_kernel(void);

/* How often a thread has lost its turn since the start. */
uint64_t sk_host_turns_lost(void);

/*
 * At how many basic blocks a turn could have been lost since the start, if there is a seed. A
 * test of schedules shows by it that what it is about is built for them.
 */
uint64_t sk_host_blocks_run(void);

/* What gcc and clang call at each basic block of code built for it. */
void __sanitizer_cov_trace_pc(void);
