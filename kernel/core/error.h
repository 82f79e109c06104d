/*
 * Errors of invocations, as the API reports them: a code and up to five message words.
 *
 * Decoding functions return seL4_NoError or a code. On the way they fill in the kernel's
 * struct error with the words that belong to the code.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/types.h>

struct kernel;

/* Why an address in a CSpace led nowhere. */
struct lookup_failure {
    uint64_t type; /* seL4_LookupFailureType; zero when there was no failure */
    uint64_t bits_left;
    uint64_t words[2]; /* bits found; or guard found and its size */
};

struct error {
    uint64_t words[2];            /* what the code needs */
    uint64_t is_source;           /* the failed lookup was for a source capability */
    struct lookup_failure lookup; /* of seL4_FailedLookup */
};

/* A code that has no words. */
seL4_Error sk_kerror(struct kernel *k, seL4_Error code);

seL4_Error sk_kerror_argument(struct kernel *k, uint64_t argument);
seL4_Error sk_kerror_capability(struct kernel *k, uint64_t argument);
seL4_Error sk_kerror_range(struct kernel *k, uint64_t minimum, uint64_t maximum);
seL4_Error sk_kerror_memory(struct kernel *k, uint64_t bytes_left);
seL4_Error sk_kerror_lookup(struct kernel *k, uint64_t is_source, struct lookup_failure why);

/* The words of a lookup failure as they stand in a message, type first; returns how many. */
unsigned sk_kerror_lookup_words(const struct lookup_failure *why, uint64_t words[4]);

/* The message of code: writes its words, returns how many there are. */
unsigned sk_kerror_words(const struct kernel *k, seL4_Error code, uint64_t words[6]);
