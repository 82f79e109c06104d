/*
 * A sink of the program's own that panics while a panic is printed: the program ends, and does
 * not go round for ever.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/sink.h>

void sk_sink_write(const char *text, size_t size)
{
    (void)text;
    sk_arch_host_write("sink\n");
    sk_panic("cannot write %lu bytes", size);
}

SK_ROOT_TASK(bi)
{
    sk_panic("first");
}
