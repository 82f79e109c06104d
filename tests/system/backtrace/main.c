/*
 * The backtrace of a panic names the functions that led to it, and takes little stack.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/rt/backtrace.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/stack.h>

enum { PAINT = 0xa5, LIMIT = 4096, MARGIN = 512 };

static uint8_t *stack_low(void)
{
    return (uint8_t *)sk_root_stack + SK_STACK_GUARD_SIZE;
}

/* Paint the stack up to end. It has no locals there: it calls nothing. */
__attribute__((noinline)) static void paint(const uint8_t *end)
{
    for (volatile uint8_t *at = stack_low(); at < end; at++) {
        *at = PAINT;
    }
}

/* The lowest byte that was written since. */
__attribute__((noinline)) static const uint8_t *lowest(void)
{
    volatile uint8_t *at = stack_low();

    while (*at == PAINT) {
        at++;
    }
    return (const uint8_t *)at;
}

__attribute__((noinline)) static void innermost(volatile int *value)
{
    sk_assert(*value == 0);
    *value = 2;
}

__attribute__((noinline)) static void middle(volatile int *value)
{
    innermost(value);
    *value = 3;
}

SK_ROOT_TASK(bi)
{
    volatile int value = 0;
    const uint8_t *frame = __builtin_frame_address(0);

    paint(frame - MARGIN);
    sk_backtrace_print((uintptr_t)frame, UINTPTR_MAX);
    long bytes = frame - lowest();
    sk_printf("it used %s\n", bytes > MARGIN && bytes < LIMIT ? "less than 4 KiB" : "?");
    value = 1;
    middle(&value);
    return value;
}
