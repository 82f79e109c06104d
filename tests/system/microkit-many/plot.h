/*
 * Client and server have as many channels as there can be (but 61, which is for saying things).
 * The client's channel n is the server's channel FAR_END(n).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

enum { CHANNELS = 1024, HALF = CHANNELS / 2 };

/* So that there are low numbers for high ones, and the other way round. */
#define FAR_END(n) (((n) + HALF) % CHANNELS)

/* Labels of calls to the server. The answer has the channel as its label. */
enum {
    ASK_CHANNEL,
    ASK_TOLD, /* how many channels it was told once, and how many more often */
};

/* The first channels of who signals a domain that runs later lead to these of its. */
enum { LATE_COUNT = 10 };
#define LATE_CHANNELS                            \
    {                                            \
        1023, 64, 62, 5, 63, 700, 127, 60, 64, 5 \
    }
