/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/owned.h>

#include <stddef.h>

void sk_owned_slot_drop(sk_owned_slot *s)
{
    if (sk_own_is_empty(s)) {
        return;
    }
    /* Deleting fails only where there is no slot; then there is nothing in it to delete. */
    (void)seL4_CNode_Delete(s->slot.root.cptr, s->slot.index, s->slot.depth);
    if (s->source != NULL) {
        s->source->give_slots(s->source, (sk_slots){s->slot, 1});
    }
    *s = (sk_owned_slot){0};
}

void sk_owned_object_drop(sk_owned_object *o)
{
    if (sk_own_is_empty(o)) {
        return;
    }
    o->source->free_object(o->source, o->what, o->slot);
    o->source->give_slots(o->source, (sk_slots){o->slot, 1});
    *o = (sk_owned_object){0};
}

sk_err sk_owned_object_make_in(struct sk_source *source, sk_blueprint what, sk_slot *ret_slot)
{
    sk_slots taken;
    sk_err e;

    SK_TRY(source->take_slots(source, 1, &taken));
    e = source->make_object(source, what, taken.first);
    if (e != SK_OK) {
        source->give_slots(source, taken);
        return e;
    }
    *ret_slot = taken.first;
    return SK_OK;
}
