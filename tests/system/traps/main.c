/*
 * Undefined behaviour of each kind traps, in debug and release, and its defined twin does not.
 * Compiled without traps (tests/system/traps-told) it panics, and the panic says the kind.
 * The compiler knows none of the values.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/rt/catch.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

/* A case's value: one that is fine, and one that is not. */
struct value {
    volatile int number;
    volatile int result;
};

static void add(void *arg)
{
    struct value *v = arg;

    v->result = INT32_MAX - 1 + v->number;
}

static void subtract(void *arg)
{
    struct value *v = arg;

    v->result = INT32_MIN + 1 - v->number;
}

static void multiply(void *arg)
{
    struct value *v = arg;

    v->result = INT32_MAX / 2 * v->number;
}

static void negate(void *arg)
{
    struct value *v = arg;

    v->result = -v->number;
}

static void divide(void *arg)
{
    struct value *v = arg;

    v->result = 7 / v->number;
}

static void shift(void *arg)
{
    struct value *v = arg;

    v->result = 1 << v->number;
}

static void index_array(void *arg)
{
    struct value *v = arg;
    volatile int array[4] = {1, 2, 3, 4};

    v->result = array[v->number];
}

static void size_array(void *arg)
{
    struct value *v = arg;
    volatile char array[v->number];

    v->result = sizeof(array) == 0;
}

static void reach(void *arg)
{
    struct value *v = arg;

    if (v->number == 2) {
        __builtin_unreachable();
    }
    v->result = 0;
}

static void align(void *arg)
{
    static _Alignas(8) char bytes[16];
    struct value *v = arg;
    int *volatile at = (int *)(void *)(bytes + v->number);

    v->result = *at;
}

static void move_pointer(void *arg)
{
    struct value *v = arg;
    char *volatile at = (char *)v;

    at += (ptrdiff_t)((size_t)v->number << 60);
    v->result = at != NULL;
}

static void attempt(const char *what, void (*fn)(void *), int good, int bad)
{
    static const char expected[] = "trap: ";
    struct value value = {.number = good};

    sk_outcome fine = sk_catch(fn, &value);
    value.number = bad;
    sk_outcome wrong = sk_catch(fn, &value);
    bool is_trap =
        wrong.how == SK_FAULTED && strncmp(wrong.message, expected, sizeof(expected) - 1) == 0;
    sk_printf("%s: %s, %s\n", what, fine.how == SK_RETURNED ? "fine" : fine.message,
              is_trap                    ? "trapped"
              : wrong.how == SK_RETURNED ? "not found"
                                         : wrong.message);
}

SK_ROOT_TASK(bi)
{
    attempt("addition", add, 1, 2);
    attempt("subtraction", subtract, 1, 2);
    attempt("multiplication", multiply, 2, 3);
    attempt("negation", negate, INT32_MAX, INT32_MIN);
    attempt("division", divide, 1, 0);
    attempt("shift", shift, 30, 32);
    attempt("index", index_array, 3, 4);
    attempt("size of an array", size_array, 1, 0);
    attempt("unreachable", reach, 1, 2);
    attempt("alignment", align, 4, 3);
    attempt("pointer", move_pointer, 0, 15);
    return 0;
}
