/*
 * Making up words and capabilities that make sense more often than not.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

#include "random.h"
#include "stage.h"

/* What the parts of one message have in common. */
struct draft {
    struct random *random;
    unsigned type;   /* of the objects to make */
    unsigned from;   /* the region of a source */
    unsigned to;     /* the region of a destination */
    bool is_fixed;   /* the source is in the fixed part */
    bool is_nested;  /* a CNode is one of the small ones */
    bool is_removal; /* a destination is something that is there */
    seL4_Word last;  /* the word before */
};

struct draft draft_begin(struct random *random);

/* A word of the message, by the letters of recipe.c. */
seL4_Word draft_word(struct draft *draft, char letter);

/* The address of a capability, by the letters of recipe.c. */
seL4_CPtr draft_cap(struct draft *draft, char letter);

/* The address of any capability. */
seL4_CPtr draft_any(struct draft *draft);

/* Some address of the VSpace, which may or may not be mapped. */
seL4_Word draft_address(struct draft *draft);
