/*
 * What clients and server say.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

enum { CLIENT_COUNT = 200, CHANNEL_SERVER = 1 };

/* Labels of calls. */
enum {
    ASK = 1,   /* word 0: my number. Word 0 of the answer: the number of the channel */
    HEARD = 2, /* I was signalled, and the answer was right */
    WRONG = 3, /* it was not */
};
