/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/sink.h>

#include <selkie/arch/rt/machine.h>

void sk_sink_write(const char *text, size_t size)
{
    char piece[64]; /* the host wants a NUL after the text */

    while (size != 0) {
        size_t used = 0;

        while (size != 0 && used < sizeof(piece) - 1) {
            piece[used++] = *text++;
            size--;
        }
        piece[used] = '\0';
        sk_arch_host_write(piece);
    }
}
