/*
 * What client, server and watcher agree on. Channels, regions and their sizes are not here: the
 * description has them, and <client-server/NAME.h> is written from it for each domain.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Labels of calls, and of answers. */
enum request {
    REVERSE = 1, /* word 0: how many bytes of the text. The answer's: how many were letters */
};

enum answer {
    DONE = 0,
    TOO_LONG = 1, /* nothing was done */
    UNKNOWN = 2,  /* a request that the server does not have */
};

struct record {
    uint64_t requests; /* that were done */
    uint64_t bytes;
};
