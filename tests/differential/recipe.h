/*
 * How to make up a plausible message for each invocation.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* A recipe's letters are those of draft.c: what a word or a capability is. */
struct recipe {
    seL4_Word label;
    unsigned weight; /* how often, against the others */
    char target;
    const char *words;
    const char *caps;
};

extern const struct recipe recipes[];
extern const unsigned recipe_count;

/* The recipe of a label, which must have one. */
const struct recipe *recipe_of(seL4_Word label);

/* How many words or capabilities letters stand for. */
unsigned recipe_length(const char *letters);

/* Labels are below this; the others are unknown. */
#define RECIPE_LABELS (ARMIRQIssueSGISignal + 1)

/* The name of an invocation's label, and how many capabilities it takes as arguments. */
const char *recipe_name(seL4_Word label);
unsigned recipe_caps(seL4_Word label);
