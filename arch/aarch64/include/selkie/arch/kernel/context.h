/*
 * What the kernel keeps of a thread's processor state, and which register means what.
 *
 * The layout is known to arch/aarch64/kernel/vectors.S; the offsets are checked in context.c.
 * There is no machine code here: the host platform uses the same register file, because it
 * serves programs that were built for this architecture's API.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#define SK_ARCH_MESSAGE_REGISTERS 4

struct sk_arch_context {
    uint64_t x[31];
    uint64_t sp;
    uint64_t pc; /* where the thread goes on */
    uint64_t spsr;
    uint64_t restart_pc; /* the instruction that entered the kernel */
    uint64_t tpidr;      /* the thread pointers are current only while the thread is not */
    uint64_t tpidrro;
};

struct sk_arch_fpu {
    uint64_t v[64];
    uint64_t fpsr;
    uint64_t fpcr;
};

/* The registers of seL4_UserContext in order: indices for sk_arch_context_register(). */
#define SK_ARCH_USER_CONTEXT_WORDS 36
#define SK_ARCH_FRAME_REGISTERS    17 /* the first ones; the rest are "integer registers" */

/* System call arguments and results. */
static inline uint64_t sk_arch_syscall_number(const struct sk_arch_context *c)
{
    return c->x[7];
}

static inline uint64_t sk_arch_syscall_cptr(const struct sk_arch_context *c)
{
    return c->x[0];
}

static inline uint64_t sk_arch_syscall_info(const struct sk_arch_context *c)
{
    return c->x[1];
}

static inline uint64_t sk_arch_syscall_reply_cptr(const struct sk_arch_context *c)
{
    return c->x[6];
}

/* The destination of the send half of NBSendRecv. */
static inline uint64_t sk_arch_syscall_dest_cptr(const struct sk_arch_context *c)
{
    return c->x[8];
}

/* The send half of NBSendWait has the reply register to itself. */
static inline uint64_t sk_arch_syscall_nbsendwait_dest(const struct sk_arch_context *c)
{
    return c->x[6];
}

static inline void sk_arch_set_badge(struct sk_arch_context *c, uint64_t badge)
{
    c->x[0] = badge;
}

static inline void sk_arch_set_info(struct sk_arch_context *c, uint64_t info)
{
    c->x[1] = info;
}

static inline uint64_t *sk_arch_message_registers(struct sk_arch_context *c)
{
    return &c->x[2];
}

/* A thread that has never run, or was given new registers, starts at pc. */
static inline void sk_arch_set_pc(struct sk_arch_context *c, uint64_t pc)
{
    c->pc = pc;
    c->restart_pc = pc;
}

/* The state that a new thread starts with: user mode, interrupts enabled. */
void sk_arch_context_init(struct sk_arch_context *c);

/* The first argument of the root task, by its calling convention. */
static inline void sk_arch_set_argument(struct sk_arch_context *c, uint64_t value)
{
    c->x[0] = value;
}

/* The n-th word of seL4_UserContext. */
uint64_t sk_arch_context_get(const struct sk_arch_context *c, unsigned n);

/* Set it, keeping the processor state in user mode whatever the value says. */
void sk_arch_context_set(struct sk_arch_context *c, unsigned n, uint64_t value);

/* Message words of an UnknownSyscall and a UserException fault, and of a reply to them. */
#define SK_ARCH_SYSCALL_FAULT_WORDS   12 /* without the system call number */
#define SK_ARCH_EXCEPTION_FAULT_WORDS 3  /* without number and code */

uint64_t sk_arch_syscall_fault_get(const struct sk_arch_context *c, unsigned n);
void sk_arch_syscall_fault_set(struct sk_arch_context *c, unsigned n, uint64_t value);
uint64_t sk_arch_exception_fault_get(const struct sk_arch_context *c, unsigned n);
void sk_arch_exception_fault_set(struct sk_arch_context *c, unsigned n, uint64_t value);
