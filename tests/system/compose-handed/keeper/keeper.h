/*
 * What the keeper's files share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <microkit.h>

/* Says what is wrong, and counts it, unless it is right. */
void check(bool is_right, const char *what);

/* Slots of the keeper's own CNode that are empty, and the untyped memory it has. */
struct spare {
    seL4_CPtr slot; /* the next one */
    seL4_CPtr untyped;
};

/* interrupt.c: the timer's, first as libmicrokit has it, then with what is made here. */
void use_interrupt(struct spare *spare);
