/*
 * What a spawned task and its parent say to each other, besides faults.
 *
 * A task that has a parent ends by calling the parent's endpoint (struct sk_env, parent) with
 * one of these labels; the parent does not answer, and takes everything back. The kernel's
 * fault messages come by the same endpoint, with labels below these.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* So many words of a name go into a message; the rest is cut. */
#define SK_PARENT_NAME_WORDS 4

enum sk_parent_label {
    SK_PARENT_EXIT = 0x5e10,    /* one word: the status */
    SK_PARENT_REFUSED = 0x5e11, /* a grant is not as wanted: why, and the words of its name */
};

/* Why a grant is refused. */
enum sk_refusal {
    SK_REFUSAL_NONE,
    SK_REFUSAL_MISSING,
    SK_REFUSAL_KIND,
    SK_REFUSAL_SIZE,
};
