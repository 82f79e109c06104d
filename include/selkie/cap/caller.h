/*
 * The right to answer, on kernels with reply objects (MCS) and without.
 *
 * Whoever receives a call gets the right to answer it, once. An sk_caller is where that right
 * is: a slot, which holds a reply object on an MCS kernel and is empty on another until the
 * right is kept. The same server runs on both:
 *
 *     SK_AUTO(sk_caller) caller = {0};
 *     SK_TRY(sk_caller_make(source, &caller));
 *     sk_reader in = sk_reader_receive(endpoint, &caller);
 *
 *     for (;;) {
 *         sk_builder out = sk_reader_answer(&in, SK_OK);
 *
 *         sk_builder_word(&out, 42);
 *         in = sk_builder_answer_receive(&out, endpoint, &caller);
 *     }
 *
 * A server that answers later, after it has received more, keeps the right with
 * sk_caller_keep() and receives with another sk_caller. A right that is not kept ends when the
 * thread receives again: without MCS the kernel would give the answer to the newer caller.
 * Answering then traps on kernels with DEBUG_BUILD.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/arch/cap/ipc.h>
#include <selkie/base/own.h>
#include <selkie/cap/source.h>

typedef struct sk_caller {
    sk_slot slot;
    struct sk_source *source; /* null if the slot is not a source's */
    seL4_CPtr cptr;           /* of the slot */
    bool is_kept;
} sk_caller;

/* Give up the slot, and the right that was kept in it: its caller is never answered. */
void sk_caller_drop(sk_caller *c);
SK_OWNED(sk_caller, sk_caller_drop)

/* The work of sk_caller_make(). */
sk_err sk_caller_make_in(struct sk_source *source, sk_slot *ret_slot);

/*
 * A place for one right to answer.
 *
 * SK_ERR_NO_SLOT, SK_ERR_NO_MEMORY: the source has none.
 */
static SK_ALWAYS_INLINE sk_err sk_caller_make(struct sk_source *source, sk_caller *ret_caller)
{
    sk_slot slot;

    SK_TRY(sk_caller_make_in(source, &slot));
    *ret_caller = (sk_caller){slot, source, sk_slot_cptr(slot), false};
    return SK_OK;
}

/*
 * The same in a slot of the caller's own, from the CSpace's root: it holds a reply object on an
 * MCS kernel and is empty on another.
 */
SK_MUST_USE static SK_ALWAYS_INLINE sk_caller sk_caller_of(sk_slot slot)
{
    return (sk_caller){.slot = slot, .cptr = sk_slot_cptr(slot)};
}

/*
 * Keep the right to answer the call that was received last, with c, beyond the next receive.
 * Until it is answered, c cannot receive: that traps.
 *
 * SK_ERR_DELETE_FIRST: the slot is not empty (without MCS).
 */
sk_err sk_caller_keep(sk_caller *c);

/* The work of sk_builder_answer(). */
void sk_caller_send(sk_caller *c, struct sk_arch_message m);
