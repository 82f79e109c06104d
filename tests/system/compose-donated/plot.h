/*
 * What the domains of this test say to each other.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* Labels of calls to the server. */
enum {
    COUNT, /* it counts its calls */
    HOLD,  /* the same, and before that it tells the parent, who has a higher priority */
    WASTE, /* it takes more time than its caller has */
};

/* What the parent does with its child, when it is told by the server, or by the director. */
enum deed { NOTHING, RESTART, STOP, RESUME, RESTART_AND_STOP, STOP_AND_RESUME, FORGET };

/* A region: no start of the child restores it. */
struct plot {
    volatile unsigned starts;   /* of the child */
    volatile enum deed in_call; /* the parent does this while the server has the child's time */
    volatile enum deed at_rest; /* and this when nobody else runs */
};
