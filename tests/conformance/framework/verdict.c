/* SPDX-License-Identifier: BSD-2-Clause */
#include "verdict.h"

#include <stdarg.h>

#include <selkie/base/assert.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/format.h>
#include <selkie/rt/print.h>

#include "../conformance.h"
#include "coverage.h"

char end_reason[400];

static _Thread_local bool is_supervised;

void verdict_supervise(void)
{
    is_supervised = true;
}

SK_NORETURN void verdict_end(enum end end)
{
    /* Nobody answers. The call only returns if the capability is gone: then end by a fault. */
    seL4_Call(SUPERVISOR, seL4_MessageInfo_new(end, 0, 0, 0));
    __builtin_trap();
}

struct text {
    size_t used;
};

static void append(void *arg, const char *piece, size_t size)
{
    struct text *text = arg;

    for (size_t i = 0; i < size && text->used < sizeof(end_reason) - 1; i++) {
        end_reason[text->used++] = piece[i];
    }
    end_reason[text->used] = '\0';
}

SK_PRINTF(2, 3) static void append_format(struct text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    sk_vformat(append, text, format, args);
    va_end(args);
}

SK_NORETURN void fail(const char *file, int line, const char *format, ...)
{
    struct text text = {0};
    va_list args;

    append_format(&text, "%s:%d: ", file, line);
    va_start(args, format);
    sk_vformat(append, &text, format, args);
    va_end(args);
    verdict_end(END_FAILED);
}

SK_NORETURN void skip(const char *why)
{
    struct text text = {0};

    append_format(&text, "%s", why);
    verdict_end(END_SKIPPED);
}

/* In place of rt's: in a test, a panic is a verdict and not the end of the program. */
SK_NORETURN void sk_panic_at(const char *file, int line, const char *format, ...)
{
    struct text text = {0};
    va_list args;

    append_format(&text, "panic: %s:%d: ", file, line);
    va_start(args, format);
    sk_vformat(append, &text, format, args);
    va_end(args);
    if (is_supervised) {
        verdict_end(END_PANIC);
    }
    sk_printf("Bail out! %s\n", end_reason);
    sk_exit(SK_EXIT_PANIC);
}

static const char *error_name(seL4_Word error)
{
    static const char *const names[] = {
        "seL4_NoError",          "seL4_InvalidArgument",  "seL4_InvalidCapability",
        "seL4_IllegalOperation", "seL4_RangeError",       "seL4_AlignmentError",
        "seL4_FailedLookup",     "seL4_TruncatedMessage", "seL4_DeleteFirst",
        "seL4_RevokeFirst",      "seL4_NotEnoughMemory",
    };

    return error < sizeof(names) / sizeof(names[0]) ? names[error] : "no error code";
}

void check_words(const char *file, int line, const char *what, seL4_Word actual,
                 seL4_Word expected)
{
    if (actual != expected) {
        fail(file, line, "%s is %lu (0x%lx), expected %lu (0x%lx)", what, actual, actual,
             expected, expected);
    }
}

void check_error(const char *file, int line, const char *call, seL4_Error actual,
                 seL4_Error expected)
{
    coverage_checked(actual);
    if (actual != expected) {
        fail(file, line, "%s returned %lu (%s), expected %s", call, (seL4_Word)actual,
             error_name(actual), error_name(expected));
    }
}

void check_message(const char *file, int line, const char *call, const seL4_Word *expected,
                   int count)
{
    seL4_Word actual[8] = {0};

    /* Failing may clobber the message registers, so all are read first. */
    for (int i = 0; i < count && i < 8; i++) {
        actual[i] = seL4_GetMR(i);
    }
    for (int i = 0; i < count && i < 8; i++) {
        if (actual[i] != expected[i]) {
            fail(file, line,
                 "message register %d is %lu (0x%lx), expected %lu (0x%lx), after %s", i,
                 actual[i], actual[i], expected[i], expected[i], call);
        }
    }
}
