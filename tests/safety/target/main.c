/*
 * The corpus as a root task. What to run is its command line, behind the program's name.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/semihosting.h>
#include <selkie/rt/format.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#include "../safety.h"

void show(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    sk_vprintf(format, args);
    va_end(args);
}

int text_vformat(char *buffer, size_t size, const char *format, va_list args)
{
    return (int)sk_vformat_buffer(buffer, size, format, args);
}

void in_two_threads(void (*fn)(void *arg), void *arg)
{
    struct sk_thread *threads[2];
    const struct sk_thread_options options = {.priority = seL4_MaxPrio - 1};

    for (int i = 0; i < 2; i++) {
        sk_err err = sk_thread_start(fn, arg, &options, &threads[i]);
        sk_assert(err == SK_OK);
    }
    for (int i = 0; i < 2; i++) {
        sk_thread_join(threads[i], NULL);
    }
}

SK_ROOT_TASK(bi)
{
    char text[200] = {0};
    struct {
        char *text;
        uintptr_t size;
    } block = {text, sizeof(text)};

    if (sk_arch_semihosting_call(SK_ARCH_SEMIHOSTING_GET_CMDLINE, &block) != 0) {
        return 1;
    }
    const char *arguments = strchr(text, ' ');
    return arguments != NULL ? safety_main(arguments + 1) : 1;
}
