/*
 * What selkie takes from a board.json: how to start QEMU, and where the loader goes.
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
};

/* Read a board.json. False: a complaint that names the missing or wrong key was printed. */
bool sk_board_read(const char *path, struct sk_board *ret_board);

void sk_board_drop(struct sk_board *board);
