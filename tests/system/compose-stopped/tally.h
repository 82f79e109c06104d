/*
 * What the child tells its parent.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

struct tally {
    volatile unsigned long answers; /* of the server to it */
    volatile unsigned long wrong;   /* sums and answers */
};
