/*
 * Slots and objects that somebody owns.
 *
 * An sk_owned_slot is the duty to empty a slot: when it is dropped, the capability in it is
 * deleted, and the slot goes back to the source it came from, if there is one. An
 * sk_owned_object is a slot with an object that a source made; dropping it frees the object
 * and gives the slot back.
 *
 *     SK_AUTO(sk_owned_object) tcb = {0};
 *     SK_TRY(sk_owned_object_make(source, SK_BLUEPRINT(TCB), &tcb));
 *     SK_TRY(set_up(sk_owned_object_cptr(&tcb)));   // an error frees the TCB
 *     *ret_tcb = SK_MOVE(tcb);
 *
 * A zeroed value owns nothing. Using one that was moved is caught as <selkie/base/own.h> says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/own.h>
#include <selkie/cap/source.h>

typedef struct sk_owned_slot {
    sk_slot slot;
    struct sk_source *source; /* null: dropping only deletes */
} sk_owned_slot;

typedef struct sk_owned_object {
    sk_slot slot;
    sk_blueprint what;
    struct sk_source *source;
} sk_owned_object;

void sk_owned_slot_drop(sk_owned_slot *s);
SK_OWNED(sk_owned_slot, sk_owned_slot_drop)

void sk_owned_object_drop(sk_owned_object *o);
SK_OWNED(sk_owned_object, sk_owned_object_drop)

/* Take over the capability in slot, which is nobody else's to delete. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_owned_slot sk_owned_slot_of(sk_slot slot)
{
    return (sk_owned_slot){.slot = slot};
}

/*
 * Own an empty slot of source.
 *
 * SK_ERR_NO_SLOT: it has none.
 */
static SK_ALWAYS_INLINE sk_err sk_owned_slot_take(struct sk_source *source,
                                                  sk_owned_slot *ret_slot)
{
    sk_slots taken;

    SK_TRY(source->take_slots(source, 1, &taken));
    *ret_slot = (sk_owned_slot){taken.first, source};
    return SK_OK;
}

/* The slot; it stays owned. */
static SK_ALWAYS_INLINE sk_slot sk_owned_slot_get(const sk_owned_slot *s)
{
    sk_own_check(s);
    return s->slot;
}

/* The address of the capability in it, as sk_slot_cptr() says. */
static SK_ALWAYS_INLINE seL4_CPtr sk_owned_slot_cptr(const sk_owned_slot *s)
{
    sk_own_check(s);
    return sk_slot_cptr(s->slot);
}

/* The work of sk_owned_object_make(): takes a slot and makes the object in it. */
sk_err sk_owned_object_make_in(struct sk_source *source, sk_blueprint what, sk_slot *ret_slot);

/*
 * Make an object, in a slot of the source's own.
 *
 * SK_ERR_NO_SLOT, SK_ERR_NO_MEMORY: the source has none.
 */
static SK_ALWAYS_INLINE sk_err sk_owned_object_make(struct sk_source *source, sk_blueprint what,
                                                    sk_owned_object *ret_object)
{
    sk_slot slot;

    SK_TRY(sk_owned_object_make_in(source, what, &slot));
    *ret_object = (sk_owned_object){slot, what, source};
    return SK_OK;
}

/* The slot it is in. */
static SK_ALWAYS_INLINE sk_slot sk_owned_object_slot(const sk_owned_object *o)
{
    sk_own_check(o);
    return o->slot;
}

/* The address of the capability to it, as sk_slot_cptr() says. */
static SK_ALWAYS_INLINE seL4_CPtr sk_owned_object_cptr(const sk_owned_object *o)
{
    sk_own_check(o);
    return sk_slot_cptr(o->slot);
}
