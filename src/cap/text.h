/*
 * One line of text, written into a caller's buffer. What does not fit is counted, not written.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <sel4/sel4.h>

struct text {
    char *buffer;
    size_t size;
    size_t length; /* of the whole text, whether it fits or not */
};

void sk_text_put(struct text *t, const char *words);
void sk_text_number(struct text *t, seL4_Word number); /* decimal */
void sk_text_hex(struct text *t, seL4_Word number);    /* with 0x in front */

/* Put the NUL, which is there if size is not 0; returns the length. */
size_t sk_text_end(struct text *t);
