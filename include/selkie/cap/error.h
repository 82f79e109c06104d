/*
 * What the kernel says about a failed invocation, beside the code.
 *
 * The details are in the message words that came back, so they are asked for at once, before
 * anything else sends, receives or writes a message:
 *
 *     sk_err e = sk_blueprint_make(SK_BLUEPRINT(TCB), untyped, slots, node);
 *
 *     if (e != SK_OK) {
 *         struct sk_error error = sk_error_last(e);
 *         char line[SK_ERROR_LINE];
 *
 *         sk_error_print(&error, line, sizeof(line));
 *     }
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/base/err.h>

/* Where the resolution of a CSpace address ended. */
enum sk_lookup_kind {
    SK_LOOKUP_NO_FAILURE = seL4_NoFailure,
    SK_LOOKUP_INVALID_ROOT = seL4_InvalidRoot,             /* the root is no CNode */
    SK_LOOKUP_MISSING_CAPABILITY = seL4_MissingCapability, /* at an empty slot */
    SK_LOOKUP_DEPTH_MISMATCH = seL4_DepthMismatch, /* at a slot, with too few or many bits */
    SK_LOOKUP_GUARD_MISMATCH = seL4_GuardMismatch, /* at a CNode with another guard */
};

struct sk_lookup_failure {
    enum sk_lookup_kind kind;
    seL4_Word bits_left;  /* not resolved; of all kinds but an invalid root */
    seL4_Word bits_found; /* of a depth mismatch: what the level would have resolved */
    seL4_Word guard;      /* of a guard mismatch: the CNode's guard, and its size */
    seL4_Word guard_bits;
};

/* Members that say nothing about code are zero. */
struct sk_error {
    sk_err code;
    seL4_Word argument; /* INVALID_ARGUMENT, INVALID_CAPABILITY: which, from 0 */
    bool is_member;     /* then it is the place in args of a member that must be zero */
    seL4_Word minimum;  /* RANGE: what is allowed */
    seL4_Word maximum;
    bool is_source;                  /* FAILED_LOOKUP: of the source, not the destination */
    struct sk_lookup_failure lookup; /* FAILED_LOOKUP */
    seL4_Word bytes_available;       /* NO_MEMORY: what the untyped still has */
};

/* The details of the calling thread's last invocation, which failed with code. */
struct sk_error sk_error_last(sk_err code);

/* A lookup failure as the kernel writes it into messages: its kind, and three words. */
struct sk_lookup_failure sk_lookup_failure_decode(seL4_Word kind, seL4_Word word0,
                                                  seL4_Word word1, seL4_Word word2);

/* The bytes of the longest line that is printed about an error, with its NUL. */
#define SK_ERROR_LINE 128

/*
 * One line about the error, without a newline, into buffer of size bytes. Returns its length;
 * the text was cut if that is not less than size.
 */
size_t sk_error_print(const struct sk_error *e, char *buffer, size_t size);
