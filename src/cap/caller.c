/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/caller.h>

#include <stddef.h>

void sk_caller_drop(sk_caller *c)
{
    if (sk_own_is_empty(c)) {
        return;
    }
    if (c->source != NULL && SK_CFG_KERNEL_MCS) {
        c->source->free_object(c->source, sk_blueprint_reply(), c->slot);
    } else {
        /* Fails only where there is no slot, and then nothing is in it. */
        (void)seL4_CNode_Delete(c->slot.root.cptr, c->slot.index, c->slot.depth);
    }
    if (c->source != NULL) {
        c->source->give_slots(c->source, (sk_slots){c->slot, 1});
    }
    *c = (sk_caller){0};
}

sk_err sk_caller_make_in(struct sk_source *source, sk_slot *ret_slot)
{
    sk_slots taken;
    sk_err e = SK_OK;

    SK_TRY(source->take_slots(source, 1, &taken));
    if (SK_CFG_KERNEL_MCS) {
        e = source->make_object(source, sk_blueprint_reply(), taken.first);
    }
    if (e != SK_OK) {
        source->give_slots(source, taken);
        return e;
    }
    *ret_slot = taken.first;
    return SK_OK;
}
