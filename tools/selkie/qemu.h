/*
 * QEMU as a child process.
 *
 * The UART is QEMU's standard input and output; semihosting writes to the same output, so
 * that both arrive in order. The image is an open file without a name: nothing is left
 * behind, whatever happens.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "../image/image.h"
#include "board.h"
#include "options.h"

struct sk_qemu {
    pid_t pid;
    int in;           /* the UART's input; never blocks */
    int out;          /* the console */
    int err;          /* QEMU's own messages */
    const char *name; /* of the binary, without its folder */
};

/* Start QEMU with an image. False: a complaint has been printed. */
bool sk_qemu_start(const struct sk_options *options, const struct sk_board *board,
                   const struct sk_image *image, struct sk_qemu *ret_qemu);
