/* SPDX-License-Identifier: BSD-2-Clause */
#include "store.h"

#include <stddef.h>

static int fails(struct store *s)
{
    return ++s->requests == s->fail_at;
}

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    struct store *s = (struct store *)self;

    if (fails(s)) {
        return SK_ERR_NO_SLOT;
    }
    *ret_slots = (sk_slots){
        sk_slot_at((sk_cnode){s->kernel->cnode}, s->kernel->next_slot),
        count,
    };
    s->kernel->next_slot += count;
    s->slots_out += count;
    return SK_OK;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    ((struct store *)self)->slots_out -= slots.count;
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    struct store *s = (struct store *)self;

    if (fails(s)) {
        return SK_ERR_NO_MEMORY;
    }
    SK_TRY((sk_err)seL4_Untyped_Retype(s->kernel->untyped, what.type, what.size_bits,
                                       into.root.cptr, 0, 0, into.index, 1));
    s->objects_out++;
    return SK_OK;
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    (void)what;
    if (seL4_CNode_Delete(at.root.cptr, at.index, at.depth) == seL4_NoError) {
        ((struct store *)self)->objects_out--;
    }
}

struct store store_open(struct host_kernel *k)
{
    return (struct store){
        .source = {.take_slots = take_slots,
                   .give_slots = give_slots,
                   .make_object = make_object,
                   .free_object = free_object},
        .kernel = k,
    };
}
