/*
 * Faults of the first thread become panics: drops run, also of the function that has the
 * fault, and the program goes on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stddef.h>

#include <selkie/rt/catch.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

static void name_drop(const char **name)
{
    sk_printf("drop %s\n", *name);
}

#define OWN(variable, text) \
    __attribute__((cleanup(name_drop), unused)) const char *variable = (text)

/* A function without a frame of its own. */
__attribute__((noinline)) static void leaf(volatile int *to)
{
    *to = 1;
}

/* Through a pointer: compilers may know of leaf() that it cannot panic. */
static void write_nowhere(void *arg)
{
    OWN(mine, "of the caller");
    void (*volatile function)(volatile int *) = leaf;

    function(arg);
    sk_puts("this must not be printed");
}

static void count_drop(int *const *count)
{
    (**count)++;
}

static int drops_of_reader;

/* gcc has -fnon-call-exceptions and runs this drop, clang has not. */
static void read_with_drop(void *arg)
{
    __attribute__((cleanup(count_drop), unused)) int *mine = &drops_of_reader;
    volatile int *from = arg;

    sk_printf("this must not be printed: %d\n", *from);
}

static void jump_nowhere(void *arg)
{
    OWN(mine, "of who jumped");
    void (*volatile function)(void) = (void (*)(void))arg;

    function();
    sk_puts("this must not be printed");
}

__attribute__((noinline)) static int shift_by(const volatile int *count)
{
    return 1 << *count;
}

static void trap(void *arg)
{
    OWN(mine, "after a trap");
    int (*volatile function)(const volatile int *) = shift_by;

    sk_printf("this must not be printed: %d\n", function(arg));
}

static void attempt(const char *what, void (*fn)(void *), void *arg)
{
    sk_outcome outcome = sk_catch(fn, arg);

    if (outcome.how == SK_FAULTED && outcome.file == NULL) {
        sk_printf("%s: %s\n", what, outcome.message);
    }
}

SK_ROOT_TASK(bi)
{
    int too_far = 40;

    attempt("write", write_nowhere, (void *)0x123450);
    attempt("read", read_with_drop, (void *)0x8);
    bool is_clang = strchr(__VERSION__, 'C') != NULL;
    sk_printf("own drops as documented: %d\n", drops_of_reader == (is_clang ? 0 : 1));
    attempt("jump", jump_nowhere, (void *)0x54320);
    attempt("trap", trap, &too_far);
    sk_puts("and on it goes");
    return 0;
}
