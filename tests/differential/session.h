/*
 * Random operations, seed by seed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

enum session_mode {
    SESSION_HASHES,  /* print the hash of each trace */
    SESSION_TRACES,  /* print the traces as well */
    SESSION_CHECKED, /* on the host core: check the kernel's invariants all the time */
};

/* Seeds first to first + count - 1, each of so many operations. */
struct session {
    uint64_t first;
    uint64_t count;
    uint64_t operations;
    uint64_t mode;        /* one of enum session_mode */
    uint64_t left_out[4]; /* labels of invocations; 0: none */
};

#define SESSION_WORDS (sizeof(struct session) / sizeof(uint64_t))

/* What is not said on the command line. */
struct session session_default(void);

/* Run them and print the traces, or the hash of each. */
void session_run(const seL4_BootInfo *bi, const struct session *session);
