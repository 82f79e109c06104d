/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include <sel4/types.h>
#include <selkie/arch/kernel/context.h>

_Static_assert(offsetof(struct sk_arch_context, sp) == 248, "vectors.S");
_Static_assert(offsetof(struct sk_arch_context, pc) == 256, "vectors.S");
_Static_assert(offsetof(struct sk_arch_context, restart_pc) == 272, "vectors.S");
_Static_assert(sizeof(seL4_UserContext) == 8 * SK_ARCH_USER_CONTEXT_WORDS, "context.h");
_Static_assert(seL4_UnknownSyscall_Syscall == SK_ARCH_SYSCALL_FAULT_WORDS, "context.h");
_Static_assert(seL4_UserException_Number == SK_ARCH_EXCEPTION_FAULT_WORDS, "context.h");

enum { SP = 31, PC, SPSR, RESTART_PC, TPIDR, TPIDRRO };

/* N, Z, C and V; everything else of the saved state is the kernel's: EL0t, with FIQ masked. */
#define SPSR_USER_BITS 0xf0000000ull
#define SPSR_ALWAYS    0x40ull

static const unsigned char user_context[SK_ARCH_USER_CONTEXT_WORDS] = {
    PC, SP, SPSR, 0,  1,  2,  3,  4,  5,  6,  7,  8,  16, 17, 18, 29, 30,    9,
    10, 11, 12,   13, 14, 15, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, TPIDR, TPIDRRO,
};

/* What the API calls LR is, on real seL4, where the thread would have gone on. */
static const unsigned char syscall_fault[SK_ARCH_SYSCALL_FAULT_WORDS] = {
    0, 1, 2, 3, 4, 5, 6, 7, RESTART_PC, SP, PC, SPSR,
};

static const unsigned char exception_fault[SK_ARCH_EXCEPTION_FAULT_WORDS] = {
    RESTART_PC,
    SP,
    SPSR,
};

static uint64_t *word_of(struct sk_arch_context *c, unsigned index)
{
    return index < SP ? &c->x[index] : &c->sp + (index - SP);
}

static uint64_t get(const struct sk_arch_context *c, unsigned index)
{
    return index < SP ? c->x[index] : (&c->sp)[index - SP];
}

static void set(struct sk_arch_context *c, unsigned index, uint64_t value)
{
    if (index == SPSR) {
        value = (value & SPSR_USER_BITS) | SPSR_ALWAYS;
    }
    *word_of(c, index) = value;
}

void sk_arch_context_init(struct sk_arch_context *c)
{
    *c = (struct sk_arch_context){.spsr = SPSR_ALWAYS};
}

uint64_t sk_arch_context_get(const struct sk_arch_context *c, unsigned n)
{
    return user_context[n] == PC ? c->restart_pc : get(c, user_context[n]);
}

void sk_arch_context_set(struct sk_arch_context *c, unsigned n, uint64_t value)
{
    set(c, user_context[n], value);
    if (user_context[n] == PC) {
        c->restart_pc = value;
    }
}

uint64_t sk_arch_syscall_fault_get(const struct sk_arch_context *c, unsigned n)
{
    return get(c, syscall_fault[n]);
}

void sk_arch_syscall_fault_set(struct sk_arch_context *c, unsigned n, uint64_t value)
{
    set(c, syscall_fault[n], value);
}

uint64_t sk_arch_exception_fault_get(const struct sk_arch_context *c, unsigned n)
{
    return get(c, exception_fault[n]);
}

void sk_arch_exception_fault_set(struct sk_arch_context *c, unsigned n, uint64_t value)
{
    set(c, exception_fault[n], value);
}
