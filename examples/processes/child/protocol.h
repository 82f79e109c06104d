/*
 * What the shell and its processes say to each other.
 *
 * A process calls its console to print text, and to ask what it is to do once its bell has
 * rung. The shell believes nothing of it: a length that is too large is no message.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/grant.h>

#define CHILD_GRANTS(grant) grant(endpoint, console, 0) grant(notification, bell, 0)
SK_GRANTS(child, CHILD_GRANTS)

enum {
    CONSOLE_SAY = 1, /* a length in bytes, and words with the text */
    CONSOLE_ASK = 2, /* nothing; the answer is an enum order */
};

/* The most bytes of one message. */
#define CONSOLE_TEXT 96

enum order {
    ORDER_NONE,
    ORDER_READ,  /* what is not mapped */
    ORDER_WRITE, /* the program's own code */
    ORDER_TRAP,  /* an instruction that is none */
    ORDER_PANIC,
    ORDER_EXIT, /* with status 0 */
};
