/*
 * The stack of the first thread.
 *
 * It lies in the program's BSS. Its lowest page is the guard: rt unmaps it before the
 * program's body runs, so that a stack overflow is a fault and not a silent change of
 * whatever lies below. The thread's TLS block is at the top, and may take half of it.
 *
 * rt brings a stack of SK_ROOT_STACK_SIZE bytes. A program that needs another size
 * says so once, outside of any function, and rt's own is then not linked:
 *
 *     SK_ROOT_STACK(64 * 1024);
 *
 * or chooses one of rt's others, in its build.mk: "stack := 64k", 256k or 1m.
 *
 * Functions compiled with -fstack-protector check a guard word. rt chooses it at random if the
 * environment has entropy: a task's auxiliary vector (AT_RANDOM), or the program's own hook
 * (SK_ON_ENTROPY in selkie/rt/hooks.h). A root task is given none by the kernel. Without, the
 * guard is a constant, which finds mistakes and does not stop somebody who knows it; the panic
 * of a smashed stack says so, and a program can ask.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <sel4/sel4.h>

#define SK_ROOT_STACK_SIZE (16 * 1024)

#define SK_STACK_GUARD_SIZE ((size_t)1 << seL4_PageBits)

/* Guard and stack; sk_root_stack_size is that of both together. */
extern char sk_root_stack[];
extern const size_t sk_root_stack_size;

/* size is in bytes, without the guard, and a multiple of 16. */
#define SK_ROOT_STACK(size)                                                        \
    _Static_assert((size) % 16 == 0, "the size of a stack is a multiple of 16");   \
    _Alignas(1 << seL4_PageBits) char sk_root_stack[SK_STACK_GUARD_SIZE + (size)]; \
    const size_t sk_root_stack_size = sizeof(sk_root_stack)

/* Has the stack protector's guard been chosen at random? */
bool sk_stack_guard_is_random(void);
