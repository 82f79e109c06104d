/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/scope.h>

#include <stddef.h>

#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>

#include "index.h"
#include "objects.h"

#define RECORD 96

enum kind { SLOT, MAPPING, PAGES };

/* One thing that the scope has taken. */
struct sk_scope_entry {
    struct sk_index_node node; /* SLOT: by index; MAPPING: by frame; PAGES: by address */
    struct sk_scope_entry *older;
    struct sk_scope_entry **link; /* what points to it: in a newer one, or the scope */
    sk_slot slot;
    sk_blueprint what;
    uint32_t kind;
    uint32_t count; /* SLOT: objects that were made from here on; PAGES: pages */
};
_Static_assert(sizeof(struct sk_scope_entry) <= RECORD, "a record has room for it");

static sk_scope *scope_of(struct sk_source *self)
{
    return (sk_scope *)self;
}

static struct sk_index_node **index_of(sk_scope *s, enum kind kind)
{
    return kind == SLOT ? &s->slots : kind == MAPPING ? &s->frames : &s->pages;
}

static struct sk_scope_entry *find(sk_scope *s, enum kind kind, seL4_Word key)
{
    return (struct sk_scope_entry *)sk_index_find(*index_of(s, kind), key);
}

static void link_entry(sk_scope *s, struct sk_scope_entry *e)
{
    e->link = &s->newest;
    e->older = s->newest;
    if (e->older != NULL) {
        e->older->link = &e->older;
    }
    s->newest = e;
}

static void unlink_entry(struct sk_scope_entry *e)
{
    *e->link = e->older;
    if (e->older != NULL) {
        e->older->link = e->link;
    }
}

/* There is a record for it: the caller has seen to that before it took anything. */
static void add(sk_scope *s, enum kind kind, seL4_Word key, sk_slot slot, seL4_Word count)
{
    struct sk_scope_entry *e = (struct sk_scope_entry *)sk_record_pool_take(&s->records);

    sk_require(e != NULL);
    e->node.key = key;
    e->slot = slot;
    e->kind = kind;
    e->count = (uint32_t)count;
    sk_require(sk_index_insert(index_of(s, kind), &e->node));
    link_entry(s, e);
}

static void forget(sk_scope *s, struct sk_scope_entry *e)
{
    sk_index_remove(index_of(s, (enum kind)e->kind), &e->node);
    unlink_entry(e);
    sk_record_pool_give(&s->records, e);
}

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    sk_scope *s = scope_of(self);
    sk_slots slots;
    sk_err err;

    /* The slots first: records for more than there are would take all memory. */
    SK_TRY(s->parent->take_slots(s->parent, count, &slots));
    err = sk_record_pool_ensure(&s->records, count);
    if (err != SK_OK) {
        sk_record_pool_trim(&s->records, 0);
        s->parent->give_slots(s->parent, slots);
        return err;
    }
    for (seL4_Word n = 0; n < count; n++) {
        sk_slot slot = sk_slots_get(slots, n);

        add(s, SLOT, slot.index, slot, 0);
    }
    *ret_slots = slots;
    return SK_OK;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    sk_scope *s = scope_of(self);

    for (seL4_Word n = 0; n < slots.count; n++) {
        struct sk_scope_entry *e = find(s, SLOT, sk_slots_get(slots, n).index);

        sk_require(e != NULL);
        forget(s, e);
    }
    s->parent->give_slots(s->parent, slots);
}

/* Objects were made from this slot on: it is the newest thing now. */
static void note_objects(sk_scope *s, sk_slot at, sk_blueprint what, seL4_Word count)
{
    struct sk_scope_entry *e = find(s, SLOT, at.index);

    sk_require(e != NULL && e->count == 0);
    e->what = what;
    e->count = (uint32_t)count;
    unlink_entry(e);
    link_entry(s, e);
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    sk_scope *s = scope_of(self);

    sk_require(find(s, SLOT, into.index) != NULL);
    SK_TRY(s->parent->make_object(s->parent, what, into));
    note_objects(s, into, what, 1);
    return SK_OK;
}

static sk_err make_objects(struct sk_source *self, sk_blueprint what, sk_slots into)
{
    sk_scope *s = scope_of(self);

    if (into.count == 0) {
        return SK_OK;
    }
    sk_require(find(s, SLOT, into.first.index) != NULL);
    SK_TRY(sk_objects_make(s->parent, what, into));
    note_objects(s, into.first, what, into.count);
    return SK_OK;
}

/* A frame that goes is mapped no more. */
static void unmap_if_mapped(sk_scope *s, sk_slot at)
{
    struct sk_scope_entry *e = find(s, MAPPING, sk_slot_cptr(at));

    if (e != NULL) {
        s->parent->unmap(s->parent, (sk_frame){e->node.key});
        forget(s, e);
    }
}

static void free_objects(struct sk_source *self, sk_blueprint what, sk_slots at)
{
    sk_scope *s = scope_of(self);
    struct sk_scope_entry *e;

    if (at.count == 0) {
        return;
    }
    for (seL4_Word n = 0; n < at.count; n++) {
        unmap_if_mapped(s, sk_slots_get(at, n));
    }
    e = find(s, SLOT, at.first.index);
    sk_require(e != NULL && e->count == at.count);
    sk_objects_free(s->parent, what, at);
    e->count = 0;
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    free_objects(self, what, (sk_slots){at, 1});
}

static sk_err map(struct sk_source *self, sk_frame frame, uintptr_t vaddr,
                  enum sk_rights rights)
{
    sk_scope *s = scope_of(self);

    SK_TRY(sk_record_pool_ensure(&s->records, 1));
    SK_TRY(s->parent->map(s->parent, frame, vaddr, rights));
    add(s, MAPPING, frame.cptr, (sk_slot){0}, 0);
    return SK_OK;
}

static void unmap(struct sk_source *self, sk_frame frame)
{
    sk_scope *s = scope_of(self);
    struct sk_scope_entry *e = find(s, MAPPING, frame.cptr);

    sk_require(e != NULL);
    s->parent->unmap(s->parent, frame);
    forget(s, e);
}

static sk_err take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    sk_scope *s = scope_of(self);
    uintptr_t vaddr;

    if (count > UINT32_MAX) {
        return SK_ERR_NO_MEMORY;
    }
    SK_TRY(sk_record_pool_ensure(&s->records, 1));
    SK_TRY(s->parent->take_pages(s->parent, count, &vaddr));
    add(s, PAGES, vaddr, (sk_slot){0}, count);
    *ret_vaddr = vaddr;
    return SK_OK;
}

static sk_frame page_frame(struct sk_source *self, uintptr_t vaddr)
{
    sk_scope *s = scope_of(self);

    return s->parent->page_frame(s->parent, vaddr);
}

static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    sk_scope *s = scope_of(self);
    struct sk_scope_entry *e = find(s, PAGES, vaddr);

    sk_require(e != NULL && e->count == count);
    s->parent->give_pages(s->parent, vaddr, count);
    forget(s, e);
}

void sk_scope_init(sk_scope *s, struct sk_source *parent)
{
    *s = (sk_scope){
        .source =
            {
                .take_slots = take_slots,
                .give_slots = give_slots,
                .make_object = make_object,
                .free_object = free_object,
                .map = map,
                .unmap = unmap,
                .take_pages = take_pages,
                .page_frame = page_frame,
                .give_pages = give_pages,
                .make_objects = make_objects,
                .free_objects = free_objects,
            },
        .parent = parent,
    };
    /* Pages for records are its parent's: they outlive what is written into them. */
    sk_record_pool_init(&s->records, RECORD, parent);
}

/* Give back one thing. */
static void end(sk_scope *s, struct sk_scope_entry *e)
{
    switch ((enum kind)e->kind) {
    case MAPPING:
        s->parent->unmap(s->parent, (sk_frame){e->node.key});
        break;
    case PAGES:
        s->parent->give_pages(s->parent, e->node.key, e->count);
        break;
    default:
        if (e->count != 0) {
            sk_objects_free(s->parent, e->what, (sk_slots){e->slot, e->count});
        }
        /* Whatever was put there; fails only where there is no slot. */
        (void)sk_slot_delete(e->slot);
        s->parent->give_slots(s->parent, (sk_slots){e->slot, 1});
        break;
    }
    forget(s, e);
}

void sk_scope_fini(sk_scope *s)
{
    if (s->parent == NULL) {
        return;
    }
    while (s->newest != NULL) {
        end(s, s->newest);
    }
    sk_record_pool_fini(&s->records);
    s->parent = NULL;
}
