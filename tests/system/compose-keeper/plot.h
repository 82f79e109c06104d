/*
 * What the domains of this test share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

struct plot {
    volatile unsigned starts;  /* of the child */
    volatile unsigned stopped; /* 1: the parent has stopped it, and is to be told */
};
