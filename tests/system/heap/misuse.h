/*
 * One mistake with a block, in functions of their own so that their places differ.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* The compiler must not see what is a mistake. */
static inline void *hidden(void *p)
{
    __asm__("" : "+r"(p));
    return p;
}
