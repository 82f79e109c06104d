/*
 * Operations: what can be done to a kernel, as data and as a line of text.
 *
 * A line is a kind, then fields as name=value, numbers as C writes them; fields that are zero
 * are left out, and so is what follows a '#'. Capability addresses are those of the thread that
 * runs when the operation is performed.
 *
 *     sys=-1 cptr=0x2 label=21 length=5 caps=1 words=1064,64,1003,64,15 extra=0x2  # CNodeCopy
 *     time=5000       ticks go by
 *     irq=40          an interrupt is raised; with 64 added, during the next system call
 *     fault=0x1000    the running thread touches this address
 *     break=1         the kernel's state is damaged (2: it crashes); to test the harness
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define OPERATION_WORDS 14u
#define OPERATION_CAPS  3u

enum operation_kind {
    OPERATION_SYSCALL,
    OPERATION_TIME,
    OPERATION_IRQ,
    OPERATION_FAULT,
    OPERATION_BREAK,
};

struct operation {
    enum operation_kind kind;
    int64_t number; /* of the system call; else ticks, interrupt, address, how */
    uint64_t cptr;
    uint64_t label;
    uint64_t length;
    uint64_t cap_count;
    uint64_t reply;
    uint64_t dest;
    uint64_t words[OPERATION_WORDS];
    uint64_t extra[OPERATION_CAPS];
    uint64_t receive[3]; /* CNode, index, depth */
};

/* The name of an invocation's label; "" if there is none. */
const char *operation_label_name(uint64_t label);

void operation_print(FILE *to, const struct operation *o);

/* Read one line. False if it is none; ret_operation is then not written. */
bool operation_parse(const char *line, struct operation *ret_operation);
