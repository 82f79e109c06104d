/*
 * The program's own sink, and its hooks: they are called, that for the end once, whatever it
 * does.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/hooks.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/sink.h>

static int is_started;

void sk_sink_start(void)
{
    is_started++;
}

void sk_sink_write(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const char shout[2] = {text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 32)
                                                                : text[i]};

        sk_arch_host_write(shout);
    }
}

SK_ON_EXIT(status)
{
    sk_printf("the end with %d\n", status);
    sk_panic("in the hook");
}

SK_ON_PANIC(file, line)
{
    sk_printf("a panic %s\n", file != NULL && line > 0 ? "somewhere" : "nowhere");
}

SK_ROOT_TASK(bi)
{
    sk_printf("started %d times\n", is_started);
    return 5;
}
