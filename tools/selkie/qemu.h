/*
 * QEMU as a child process.
 *
 * The UART is QEMU's standard input and output; semihosting writes to the same output, so
 * that both arrive in order. The image is an open file without a name: nothing is left
 * behind, whatever happens. So is QEMU's log, which tells a guest that gave a status (QEMU
 * exits on the spot) from a machine that was switched off, or was never there.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "../cli/board.h"
#include "../image/image.h"
#include "options.h"

struct sk_qemu {
    pid_t pid;
    int in;           /* the UART's input; never blocks */
    int out;          /* the console */
    int err;          /* QEMU's own messages */
    int log;          /* an open file */
    const char *name; /* of the binary, without its folder */
};

/* Start QEMU with an image. False: a complaint has been printed. */
bool sk_qemu_start(const struct sk_options *options, const struct sk_board *board,
                   const struct sk_image *image, struct sk_qemu *ret_qemu);

enum sk_qemu_end {
    SK_QEMU_EXITED,       /* at once: the guest gave a status, or QEMU complained */
    SK_QEMU_SWITCHED_OFF, /* the machine ran and was stopped in order */
    SK_QEMU_NOT_STARTED,  /* there was no machine */
};

/*
 * How a QEMU ended that has exited by itself, as its log says. One that traces nothing
 * never counts as switched off.
 */
enum sk_qemu_end sk_qemu_end(const struct sk_qemu *qemu);
