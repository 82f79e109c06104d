/* SPDX-License-Identifier: BSD-2-Clause */
#include "failing.h"

#include <stdbool.h>
#include <stddef.h>

static struct failing *failing_of(struct sk_source *self)
{
    return (struct failing *)self;
}

static bool fails(struct sk_source *self)
{
    struct failing *f = failing_of(self);

    return ++f->requests == f->fail_at;
}

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    struct failing *f = failing_of(self);

    if (fails(self)) {
        return SK_ERR_NO_SLOT;
    }
    SK_TRY(f->real->take_slots(f->real, count, ret_slots));
    f->slots_out += count;
    return SK_OK;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    struct failing *f = failing_of(self);

    f->slots_out -= slots.count;
    f->real->give_slots(f->real, slots);
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    struct failing *f = failing_of(self);

    if (fails(self)) {
        return SK_ERR_NO_MEMORY;
    }
    SK_TRY(f->real->make_object(f->real, what, into));
    f->objects_out++;
    f->bytes_out += sk_blueprint_size(what);
    return SK_OK;
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    struct failing *f = failing_of(self);

    f->objects_out--;
    f->bytes_out -= sk_blueprint_size(what);
    f->real->free_object(f->real, what, at);
}

static sk_err make_objects(struct sk_source *self, sk_blueprint what, sk_slots into)
{
    struct failing *f = failing_of(self);

    if (fails(self)) {
        return SK_ERR_FRAGMENTED;
    }
    SK_TRY(f->real->make_objects(f->real, what, into));
    f->objects_out += into.count;
    f->bytes_out += into.count * sk_blueprint_size(what);
    return SK_OK;
}

static void free_objects(struct sk_source *self, sk_blueprint what, sk_slots at)
{
    struct failing *f = failing_of(self);

    f->objects_out -= at.count;
    f->bytes_out -= at.count * sk_blueprint_size(what);
    f->real->free_objects(f->real, what, at);
}

static sk_err take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    struct failing *f = failing_of(self);

    if (fails(self)) {
        return SK_ERR_NO_MEMORY;
    }
    SK_TRY(f->real->take_pages(f->real, count, ret_vaddr));
    f->pages_out += count;
    return SK_OK;
}

static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    struct failing *f = failing_of(self);

    f->pages_out -= count;
    f->real->give_pages(f->real, vaddr, count);
}

static sk_frame page_frame(struct sk_source *self, uintptr_t vaddr)
{
    struct failing *f = failing_of(self);

    return f->real->page_frame(f->real, vaddr);
}

void failing_init(struct failing *f, struct sk_source *real)
{
    *f = (struct failing){
        .source = {.take_slots = take_slots,
                   .give_slots = give_slots,
                   .make_object = make_object,
                   .free_object = free_object,
                   .take_pages = take_pages,
                   .page_frame = page_frame,
                   .give_pages = give_pages},
        .real = real,
    };
    if (real->make_objects != NULL) {
        f->source.make_objects = make_objects;
        f->source.free_objects = free_objects;
    }
}
