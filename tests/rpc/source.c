/* SPDX-License-Identifier: BSD-2-Clause */
#include "source.h"

static bool fails(struct scene_source *s)
{
    return ++s->requests == s->fail_at;
}

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    struct scene_source *s = (struct scene_source *)self;

    if (fails(s)) {
        return SK_ERR_NO_SLOT;
    }
    if (count == 1 && s->spare_count > 0) {
        *ret_slots = (sk_slots){s->spare[--s->spare_count], 1};
    } else {
        *ret_slots = scene_slots(s->scene, count);
    }
    s->slots_out += (unsigned)count;
    return SK_OK;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    struct scene_source *s = (struct scene_source *)self;

    s->slots_out -= (unsigned)slots.count;
    if (slots.count == 1 && s->spare_count < SCENE_SPARE) {
        s->spare[s->spare_count++] = slots.first;
    }
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    struct scene_source *s = (struct scene_source *)self;

    if (fails(s)) {
        return SK_ERR_NO_MEMORY;
    }
    SK_TRY(sk_blueprint_make(what, (sk_untyped){s->scene->untyped}, (sk_slots){into, 1},
                             s->scene->node));
    s->objects_out++;
    return SK_OK;
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    (void)what;
    if (seL4_CNode_Delete(at.root.cptr, at.index, at.depth) == seL4_NoError) {
        ((struct scene_source *)self)->objects_out--;
    }
}

static sk_err map(struct sk_source *self, sk_frame frame, uintptr_t vaddr,
                  enum sk_rights rights)
{
    struct scene_source *s = (struct scene_source *)self;

    if (fails(s)) {
        return SK_ERR_DELETE_FIRST;
    }
    SK_TRY((sk_err)seL4_ARM_Page_Map(frame.cptr, s->scene->vspace, vaddr, sk_rights_raw(rights),
                                     seL4_ARM_Default_VMAttributes));
    s->mappings_out++;
    return SK_OK;
}

static void unmap(struct sk_source *self, sk_frame frame)
{
    if (seL4_ARM_Page_Unmap(frame.cptr) == seL4_NoError) {
        ((struct scene_source *)self)->mappings_out--;
    }
}

struct scene_source scene_source_open(struct scene *s)
{
    return (struct scene_source){
        .source = {.take_slots = take_slots,
                   .give_slots = give_slots,
                   .make_object = make_object,
                   .free_object = free_object,
                   .map = map,
                   .unmap = unmap},
        .scene = s,
    };
}
