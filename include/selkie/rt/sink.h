/*
 * The sink: where printed text goes.
 *
 * A program is linked with exactly one sink. Each is an archive of its own that
 * defines sk_sink_write(), and the program's build.mk chooses ("sink := none"):
 *
 *   debug        the kernel's console. For kernels with CONFIG_PRINTING only; in any
 *                other configuration linking it fails, naming the reason. The default
 *                of debug configurations.
 *   semihosting  the host's console through QEMU or a debug probe, on any kernel. The
 *                default where the kernel has no console.
 *   none         the text is dropped.
 *
 * A program may also define sk_sink_write() itself; then no archive is used.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

/*
 * Write size bytes of text, which hold no NUL. Does not fail. Threads that write at
 * the same time do not harm each other, but their texts may mix.
 */
void sk_sink_write(const char *text, size_t size);

/* Called by rt before anything is printed, where the sink has it: to prepare a device. */
void sk_sink_start(void);
