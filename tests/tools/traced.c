/*
 * A program with places in it that have names, for logs that tests/tools/symbolize.sh makes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#define PLACE(name) __asm__ volatile(".global " #name "\n" #name ": nop")

static inline __attribute__((always_inline)) void innermost(void)
{
    PLACE(in_innermost);
}

static inline __attribute__((always_inline)) void middle(void)
{
    innermost();
}

void outer(void);
void _start(void);

__attribute__((noinline)) void outer(void)
{
    PLACE(in_outer);
    middle();
}

void _start(void)
{
    outer();
    PLACE(in_start);
}
