/*
 * Panics that unwind.
 *
 * A panic goes up the stack twice. The first time it looks for a frame of sk_catch and finds
 * out that nothing is in the way; the stack stays as it is, for the debugger, if something is.
 * The second time it enters the landing pads of the functions on the way, which drop their
 * variables and come back through _Unwind_Resume. By then the panicking function's part of the
 * stack is given up, so what has to be known is in the frame of sk_catch.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/catch.h>

#include <stdarg.h>

#include <selkie/rt/exit.h>
#include <selkie/rt/format.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "../panic.h"
#include "../start.h"
#include "unwind.h"

/*
 * A panic on its way to the call of sk_catch, or to the end of the stack. It is the mark of the
 * frame that catches; landing pads are handed its address, and hand it to _Unwind_Resume.
 */
struct flight {
    bool is_taken;       /* a panic is on its way already */
    uintptr_t target;    /* the stack pointer of the frame that catches; 0: none does */
    sk_outcome *outcome; /* NULL: nobody wants it */
};

/* Of the panic that nobody catches; there is only one, as the program ends with it. */
static struct flight uncaught;

/* The end of a panic that cannot unwind. What it says can panic again, but only once. */
SK_NORETURN static void give_up(const char *why)
{
    static bool has_given_up;

    if (!__atomic_exchange_n(&has_given_up, true, __ATOMIC_RELAXED)) {
        sk_panic_plain(why);
    }
    sk_exit(SK_EXIT_PANIC);
}

/* Find who catches a panic that starts at walk; NULL if the stack ends first. */
static struct flight *search(struct unwind_walk *walk)
{
    for (;;) {
        enum unwind_look look = sk_unwind_look(walk);
        enum unwind_step step;

        if (look == UNWIND_CATCH) {
            struct flight *flight = sk_arch_catch_mark(&walk->frame);

            flight->target = walk->frame.reg[SK_ARCH_FRAME_SP];
            return flight;
        }
        step = look == UNWIND_FRAME ? sk_unwind_up(walk) : UNWIND_CONFUSED;
        if (step == UNWIND_END) {
            return NULL;
        }
        if (step == UNWIND_CONFUSED) {
            sk_printf("panic: no unwind table for code at 0x%lx\n", walk->place);
            sk_exit(SK_EXIT_PANIC);
        }
    }
}

/* Go up from walk to the next landing pad, the frame that catches or the end. */
SK_NORETURN static void go_up(struct unwind_walk *walk, struct flight *flight)
{
    for (;;) {
        uintptr_t pad = 0;

        switch (sk_unwind_look(walk)) {
        case UNWIND_CATCH:
            pad = walk->frame.reg[SK_ARCH_FRAME_SP] == flight->target
                      ? (uintptr_t)sk_arch_catch_pad
                      : 0;
            break;
        case UNWIND_FRAME:
            pad = sk_unwind_landing_pad(&walk->entry, walk->place);
            break;
        case UNWIND_NO_WAY:
            sk_exit(SK_EXIT_PANIC);
        }
        if (pad != 0) {
            walk->frame.reg[SK_ARCH_FRAME_PC] = pad;
            sk_arch_frame_enter(&walk->frame, flight);
        }
        if (sk_unwind_up(walk) != UNWIND_STEPPED) {
            sk_exit(SK_EXIT_PANIC);
        }
    }
}

/* What a landing pad calls when it has dropped its function's variables. */
SK_NORETURN void _Unwind_Resume(struct flight *flight);

SK_NORETURN void _Unwind_Resume(struct flight *flight)
{
    struct unwind_walk walk = {0};

    sk_arch_frame_here(&walk.frame);
    (void)sk_unwind_look(&walk);
    (void)sk_unwind_up(&walk);
    go_up(&walk, flight);
}

/* Where a panic happened, and its message. */
struct report {
    sk_outcome outcome;
    const char *format;
    struct {
        va_list list;
    } args;
    const void *stack; /* the frame record of who panicked */
};

/* Print the panic, and keep its message. May panic itself, in the program's own sink. */
static void print_report(void *arg)
{
    struct report *report = arg;
    sk_outcome *outcome = &report->outcome;

    sk_panic_print(outcome->file, outcome->line, report->format, report->args.list,
                   report->stack);
    (void)sk_vformat_buffer(outcome->message, sizeof(outcome->message), report->format,
                            report->args.list);
}

/* Leave the caller's caller for whoever catches. walk is of the caller. */
SK_NORETURN static void unwind(struct unwind_walk *walk, const struct report *report)
{
    struct unwind_walk from = *walk;
    struct flight *flight = search(walk);

    if (flight == NULL) {
        flight = &uncaught;
    }
    if (__atomic_exchange_n(&flight->is_taken, true, __ATOMIC_RELAXED)) {
        give_up("panic: in a drop, while another panic unwinds");
    }
    if (flight->outcome != NULL) {
        *flight->outcome = report->outcome;
    }
    go_up(&from, flight);
}

SK_NORETURN void sk_panic_at(const char *file, int line, const char *format, ...)
{
    struct unwind_walk walk = {0};
    struct flight guard = {.is_taken = true};
    struct report report = {.format = format, .stack = __builtin_frame_address(0)};

    report.outcome.how = SK_PANICKED;
    report.outcome.file = file;
    report.outcome.line = line;
    /* A panic from in here finds the guard, and that it is taken. */
    va_start(report.args.list, format);
    sk_arch_catch(print_report, &report, &guard);
    va_end(report.args.list);
    sk_arch_frame_here(&walk.frame);
    unwind(&walk, &report);
}

sk_outcome sk_catch(void (*fn)(void *arg), void *arg)
{
    sk_outcome outcome;
    struct flight flight = {.outcome = &outcome};

    outcome.how = SK_RETURNED; /* The rest means nothing then, and is not written. */
    sk_arch_catch(fn, arg, &flight);
    return outcome;
}
