/*
 * How a domain of these tests tells what it does, on any kernel: by a call on channel 61.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <microkit.h>

enum { SAY = 61, SAY_WORDS = 6 };

/* Uses the message registers. */
static inline void say(const char *text, seL4_Word value)
{
    char *to = (char *)&seL4_GetIPCBuffer()->msg[1];
    unsigned n = 0;

    microkit_mr_set(0, value);
    for (; text[n] != '\0' && n < (SAY_WORDS - 1) * sizeof(seL4_Word) - 1; n++) {
        to[n] = text[n];
    }
    to[n] = '\0';
    microkit_ppcall(SAY, microkit_msginfo_new(0, SAY_WORDS));
}
