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
 *   pl011        Arm's serial port, polled: a root task maps it itself, from the device memory
 *                of its boot info. Text that is printed before is lost.
 *   none         the text is dropped.
 *   own          the program defines sk_sink_write() itself, and sk_sink_start() too if its
 *                device wants it. Including this header checks their types.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Write size bytes of text, which hold no NUL. Does not fail. Threads that write at
 * the same time do not harm each other, but their texts may mix.
 */
void sk_sink_write(const char *text, size_t size);

/* Called by rt before anything is printed, where the sink has it: to prepare a device. */
void sk_sink_start(void);

/* The physical address of the port that pl011 is to use; a program may define another. */
extern const uintptr_t sk_sink_pl011_address;
