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
    bool is_printing;    /* not sk_catch, but the part of a panic that prints */
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

/*
 * Go up from walk to who catches a panic; the caller sees whether that is taken. NULL: a
 * function is in the way, at the walk's place.
 */
static struct flight *search(struct unwind_walk *walk)
{
    for (;;) {
        enum unwind_look look = sk_unwind_look(walk);
        enum unwind_step step = UNWIND_CONFUSED;

        if (look == UNWIND_CATCH) {
            struct flight *flight = sk_arch_catch_mark(&walk->frame);

            flight->target = walk->frame.reg[SK_ARCH_FRAME_SP];
            return flight;
        }
        if (look == UNWIND_FRAME) {
            step = sk_unwind_up(walk);
        }
        if (step != UNWIND_STEPPED) {
            return step == UNWIND_END ? &uncaught : NULL;
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

/* What can be said of a panic is said; now go up from walk, if search() has found it can be. */
SK_NORETURN static void unwind(struct unwind_walk *walk, struct flight *flight,
                               const sk_outcome *outcome)
{
    if (__atomic_exchange_n(&flight->is_taken, true, __ATOMIC_RELAXED)) {
        give_up("panic: while another panic was under way");
    }
    if (flight->outcome != NULL) {
        *flight->outcome = *outcome;
    }
    go_up(walk, flight);
}

SK_NORETURN void sk_panic_at(const char *file, int line, const char *format, ...)
{
    struct unwind_walk walk = {0};
    struct flight guard = {.is_printing = true};
    struct report report = {.format = format, .stack = __builtin_frame_address(0)};

    sk_arch_frame_here(&walk.frame);
    struct unwind_walk searched = walk;
    struct flight *flight = search(&searched);
    if (flight != NULL && flight->is_printing) {
        give_up("panic: while a panic was printed");
    }
    report.outcome.how = file != NULL ? SK_PANICKED : SK_FAULTED;
    report.outcome.file = file;
    report.outcome.line = line;
    va_start(report.args.list, format);
    sk_arch_catch(print_report, &report, &guard);
    va_end(report.args.list);
    if (flight == NULL) {
        sk_printf("panic: cannot unwind the function at 0x%lx: no table, or another language\n",
                  searched.place);
        sk_exit(SK_EXIT_PANIC);
    }
    unwind(&walk, flight, &report.outcome);
}

sk_outcome sk_catch(void (*fn)(void *arg), void *arg)
{
    sk_outcome outcome;
    struct flight flight = {.outcome = &outcome};

    outcome.how = SK_RETURNED; /* The rest means nothing then, and is not written. */
    sk_arch_catch(fn, arg, &flight);
    return outcome;
}
