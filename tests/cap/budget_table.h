/*
 * What budgets allow: each row goes through the static form, the run-time form and the kernel.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* X(slots in all, taken first, taken then, whether that fits) */
#define SLOT_BUDGET_ROWS(X) \
    X(8, 5, 3, 1)           \
    X(8, 5, 4, 0)           \
    X(8, 0, 8, 1)           \
    X(8, 0, 9, 0)           \
    X(8, 8, 0, 1)           \
    X(8, 8, 1, 0)           \
    X(1, 1, 1, 0)           \
    X(300, 257, 43, 1)      \
    X(300, 257, 44, 0)      \
    X(300, 1, 0xfffffffful, 0)

/* X(size bits, bits of the first, how many, bits of the then, how many, whether that fits) */
#define UNTYPED_BUDGET_ROWS(X) \
    X(12, 11, 1, 11, 1, 1)     \
    X(12, 11, 1, 11, 2, 0)     \
    X(12, 11, 2, 4, 1, 0)      \
    X(12, 4, 255, 4, 1, 1)     \
    X(12, 4, 255, 4, 2, 0)     \
    X(12, 4, 1, 11, 1, 1)      \
    X(12, 4, 1, 11, 2, 0)      \
    X(12, 4, 129, 11, 1, 0)    \
    X(12, 4, 128, 11, 1, 1)    \
    X(12, 12, 1, 4, 1, 0)      \
    X(12, 4, 0, 12, 1, 1)      \
    X(12, 4, 1, 12, 1, 0)      \
    X(12, 4, 1, 13, 1, 0)      \
    X(14, 5, 3, 6, 254, 1)     \
    X(14, 5, 3, 6, 255, 0)     \
    X(14, 5, 4, 6, 254, 1)     \
    X(14, 5, 5, 6, 254, 0)     \
    X(12, 11, 1, 13, 0, 1)     \
    X(12, 12, 1, 12, 0, 1)     \
    X(12, 13, 0, 4, 256, 1)
