/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>

#include <selkie/base/assert.h>
#include <selkie/cap/owned.h>
#include <selkie/cap/tcb.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/catch.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#include "counter.h"

#define SQUARES  10
#define THREADS  4
#define ROUNDS   1000
#define PRIORITY 100

/* --- the heap, and a panic ------------------------------------------------------------- */

static void use_heap(void)
{
    unsigned *squares = calloc(SQUARES, sizeof(*squares));

    sk_assert(squares != NULL);
    for (unsigned i = 0; i < SQUARES; i++) {
        squares[i] = i * i;
    }
    sk_printf("the heap holds %u squares, the last is %u\n", SQUARES, squares[SQUARES - 1]);
    free(squares);
}

/* Something that is dropped when its scope ends, however it ends. */
typedef struct text {
    const char *name;
} text;

static void text_drop(text *t)
{
    sk_printf("drop the %s\n", t->name);
}
SK_OWNED(text, text_drop)

static void parse(void *arg)
{
    SK_AUTO(text) lines = {"lines"};
    unsigned *line = arg;

    {
        SK_AUTO(text) report = {"report"};

        *line += 2;
    }
    sk_panic("line %u has no number", *line);
}

static void catch_panic(void)
{
    unsigned line = 1;
    sk_outcome outcome = sk_catch(parse, &line);

    sk_assert(outcome.how == SK_PANICKED);
    sk_printf("caught: %s\n", outcome.message);
}

/* --- a mutex that guards data ---------------------------------------------------------- */

static void count(void *arg)
{
    struct counter *counter = arg;

    for (int i = 0; i < ROUNDS; i++) {
        SK_AUTO(counter_lock) lock = counter_lock_take(counter);

        counter_add(&lock, 1);
        if (i % 10 == 0) {
            seL4_Yield(); /* so that others find it locked */
        }
    }
}

static sk_err share_counter(struct sk_source *source)
{
    struct sk_thread *threads[THREADS];
    struct counter counter;
    SK_AUTO(sk_owned_object) notification = {0};

    SK_TRY(sk_owned_object_make(source, SK_BLUEPRINT(Notification), &notification));
    counter_init(&counter, (sk_notification){sk_owned_object_cptr(&notification)});
    for (int i = 0; i < THREADS; i++) {
        SK_TRY(sk_thread_start(
            count, &counter,
            &(struct sk_thread_options){.name = "counter", .priority = PRIORITY}, &threads[i]));
    }
    for (int i = 0; i < THREADS; i++) {
        sk_thread_join(threads[i], NULL);
    }
    SK_AUTO(counter_lock) lock = counter_lock_take(&counter);
    sk_printf("%lu = %d threads x %d\n", counter_get(&lock), THREADS, ROUNDS);
    return SK_OK;
}

/* --- suspending a thread --------------------------------------------------------------- */

struct spinner {
    volatile unsigned long turns;
    volatile bool must_stop;
};

static void spin(void *arg)
{
    struct spinner *spinner = arg;

    while (!spinner->must_stop) {
        spinner->turns++;
    }
}

/* Let the spinner run until it has made a turn more; false if it makes none. */
static bool moves(const struct spinner *spinner)
{
    unsigned long before = spinner->turns;

    for (int i = 0; i < 100 && spinner->turns == before; i++) {
        seL4_Yield();
    }
    return spinner->turns != before;
}

static sk_err suspend_thread(void)
{
    struct spinner spinner = {0};
    struct sk_thread *thread;

    /* At our own priority: it runs when we yield. */
    SK_TRY(sk_thread_start(
        spin, &spinner,
        &(struct sk_thread_options){.name = "spinner", .priority = seL4_MaxPrio}, &thread));
    sk_assert(moves(&spinner));
    SK_TRY(sk_tcb_suspend(thread->tcb));
    sk_assert(!moves(&spinner));
    SK_TRY(sk_tcb_resume(thread->tcb));
    sk_assert(moves(&spinner));
    spinner.must_stop = true;
    sk_thread_join(thread, NULL);
    sk_puts("suspended: it does not count; resumed: it does");
    return SK_OK;
}

SK_ROOT_TASK(bi)
{
    sk_printf("%lu slots are empty\n", bi->empty.end - bi->empty.start);
    use_heap();
    catch_panic();
    sk_assert(share_counter(sk_boot_source()) == SK_OK);
    sk_assert(suspend_thread() == SK_OK);
    return 0;
}
