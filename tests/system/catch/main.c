/*
 * Panics that are caught: the drops on the way run, in order, and the program goes on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/rt/catch.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

/* Something owned, that says when it is dropped. */
struct owned {
    const char *name;
};

static void owned_drop(struct owned *owned)
{
    sk_printf("drop %s\n", owned->name);
}

#define OWN(variable, text) \
    __attribute__((cleanup(owned_drop), unused)) struct owned variable = {text}

__attribute__((noinline)) static void descend(int depth)
{
    OWN(mine, depth % 2 != 0 ? "odd" : "even");

    if (depth == 0) {
        sk_panic("too deep by %d", 7);
    }
    if (depth > 0) {
        descend(depth - 1);
    }
    sk_puts("this must not be printed");
}

static void inner(void *arg)
{
    descend(*(int *)arg);
}

/* Callee-saved registers, integer and floating point, have their values after a catch. */
__attribute__((noinline)) static long keep(const volatile long *seed, double *ret_double)
{
    long a = seed[0];
    long b = seed[1];
    long c = seed[2];
    double d = (double)seed[3];
    int depth = 2;

    sk_outcome outcome = sk_catch(inner, &depth);
    *ret_double = d;
    return outcome.how == SK_PANICKED ? a + 10 * b + 100 * c : -1;
}

static void catch_inside(void *arg)
{
    int depth = 0;

    (void)arg;
    OWN(outer, "outer");
    sk_outcome outcome = sk_catch(inner, &depth);
    sk_printf("inside: %s\n", outcome.message);
    sk_panic("again: %s", outcome.message);
}

static void drop_that_catches(struct owned *owned)
{
    int depth = 0;
    sk_outcome outcome = sk_catch(inner, &depth);
    sk_printf("drop of %s caught: %s\n", owned->name, outcome.message);
}

static void panic_past_a_careful_drop(void *arg)
{
    __attribute__((cleanup(drop_that_catches), unused)) struct owned careful = {arg};

    sk_panic("first");
}

static void return_quietly(void *arg)
{
    *(int *)arg = 42;
}

SK_ROOT_TASK(bi)
{
    static const volatile long seed[] = {1, 2, 3, 4};
    int answer = 0;
    double kept = 0;

    sk_outcome outcome = sk_catch(return_quietly, &answer);
    sk_printf("returned: %d, %d\n", outcome.how == SK_RETURNED, answer);
    long sum = keep(seed, &kept);
    sk_printf("kept %ld and %d\n", sum, (int)kept);
    outcome = sk_catch(catch_inside, NULL);
    sk_printf("outside: %s:%d: %s\n", outcome.file, outcome.line, outcome.message);
    outcome = sk_catch(panic_past_a_careful_drop, "careful");
    sk_printf("then: %s\n", outcome.message);
    return 0;
}
