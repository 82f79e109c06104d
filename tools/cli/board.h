/*
 * What selkie takes from a board.json: how to start QEMU, where the loader goes, and whether
 * kernels with hypervisor support can run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sk_board {
    char *qemu;    /* the binary's name */
    char *package; /* the Debian package it comes from */
    char **args;
    size_t arg_count;
    uint64_t loader_paddr;
    bool has_hypervisor; /* QEMU is asked for it: the machine starts at EL2 */
};

/* Read a board.json. False: a complaint that names the missing or wrong key was printed. */
bool sk_board_read(const char *path, struct sk_board *ret_board);

/*
 * Can the board run kernel, a file's name, which wants EL2 or not? False: it was said why not.
 * A kernel for EL1 runs everywhere: the loader steps down.
 */
bool sk_board_fits(const struct sk_board *board, const char *kernel, bool wants_hypervisor);

void sk_board_drop(struct sk_board *board);
