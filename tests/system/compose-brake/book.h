/*
 * A region, which no start restores.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

struct book {
    unsigned starts;
    unsigned long last; /* the counter at the last start */
};
