/*
 * What the parts of <selkie/arch/kernel/threads.h> share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>

/* The pc of a thread that makes, or has made, a system call. No code is there. */
#define PC_CALL  0x1000ull
#define PC_AFTER (PC_CALL + 4)

struct host_thread {
    struct team *team;
    struct tcb *tcb;
    struct host_thread *next;
    pthread_t pthread;
    sem_t baton;      /* posted by who hands the baton to this thread */
    sigjmp_buf start; /* where it leaves what it does */
    bool is_first;
    volatile sig_atomic_t is_inside; /* the kernel, or what serves it */
};

struct team {
    struct kernel *k;
    struct host_thread *threads;
    sk_host_step *step; /* plays the other threads; null: they are pthreads */
    uint64_t random;    /* xorshift; 0: turns are not lost */
    uint64_t blocks_left;
    uint64_t turns_lost;
    uint64_t blocks_run; /* at which one could have been lost */
    bool is_ending;
    struct sigaction old_action; /* of SIGSEGV */
};

extern __thread struct host_thread *sk_host_self;

/* Say why nothing can go on, and abort. */
_Noreturn void sk_host_die(const struct kernel *k, const char *why);

/*
 * The thread has entered the kernel and holds the baton: give it to whom the kernel chose.
 * Returns when that is self, at pc; elsewhere it starts anew.
 */
void sk_host_go_on(struct host_thread *self, uint64_t pc);

/* Serve SIGSEGV for the team, until undone. */
void sk_host_catch_faults(struct team *team);

/* self touched vaddr, or went there. Returns when it is to try again at pc. */
void sk_host_fault(struct host_thread *self, uint64_t pc, uint64_t vaddr,
                   enum sk_host_access access, uint64_t status);
