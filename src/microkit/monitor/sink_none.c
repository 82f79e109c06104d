/*
 * The kernel has no console. Semihosting would be one under QEMU, and a fault on a board.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/sink.h>

void sk_sink_write(const char *text, size_t size)
{
    (void)text;
    (void)size;
}
