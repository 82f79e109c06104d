/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/print.h>

#include <selkie/rt/sink.h>

void sk_puts(const char *text)
{
    size_t size = 0;

    while (text[size] != '\0') {
        size++;
    }
    sk_sink_write(text, size);
    sk_sink_write("\n", 1);
}
