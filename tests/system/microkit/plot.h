/*
 * Who is connected with whom.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* Channels of the client. */
enum {
    CALL_SERVER = 0,
    SIGNAL_SERVER = 1,
    SIGNAL_SERVER_TOO = 2,
    TO_LISTENER_5 = 3,
    TO_LISTENER_2 = 4,
    FROM_SERVER = 6,
};

/* Channels of the server. */
enum { CLIENT_CALLS = 10, CLIENT_SIGNALS = 0, CLIENT_SIGNALS_TOO = 61, TO_CLIENT = 1 };

/* Labels of calls to the server. The answer has the next. */
enum {
    ASK_SUM = 10,
    ASK_TOLD = 20,      /* how often it was told so far */
    ASK_TO_SIGNAL = 30, /* it signals when it has answered */
    ASK_LAST = 40,      /* for the last word of a message that has as many as can be */
};
#define ASK_LARGEST (((seL4_Word)1 << 52) - 2) /* a sum, too */

/* The timer's channel for its interrupt. */
enum { TICK = 33 };

/* The parent's children, and its channel to one of them. */
enum { FORGETFUL = 1, KEEPER = 2, STEPPER = 61, QUITTER = 0, FROM_STEPPER = 0 };

/* The child's channel to its parent. */
enum { TO_PARENT = 4 };
