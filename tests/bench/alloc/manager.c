/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/manager.h>
#include <selkie/alloc/scope.h>
#include <selkie/base/assert.h>
#include <selkie/cap/owned.h>

#include "bench.h"

#define BATCH 64
#define PAGE  0x6000000000 /* an address that the manager does not hand out */

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static struct sk_source *const source = &manager.source;
static sk_slots slots;
static sk_slot frame;

sk_err manager_begin(seL4_BootInfo *bi)
{
    sk_slots one;
    uintptr_t pages;

    SK_TRY(sk_manager_init_boot(&manager, bi, &(struct sk_manager_options){.memory = memory}));
    SK_TRY(source->take_slots(source, BATCH, &slots));
    /* A program has pages, and so the tables that are needed for more of them. */
    SK_TRY(source->take_pages(source, 1, &pages));
    SK_TRY(source->take_slots(source, 1, &one));
    frame = one.first;
    return source->make_object(source, sk_blueprint_frame(seL4_PageBits), frame);
}

static void object(unsigned count, sk_blueprint what)
{
    for (unsigned i = 0; i < count; i++) {
        sk_assert(source->make_object(source, what, slots.first) == SK_OK);
        source->free_object(source, what, slots.first);
    }
}

void manager_page(unsigned count)
{
    object(count, sk_blueprint_frame(seL4_PageBits));
}

void manager_endpoint(unsigned count)
{
    object(count, SK_BLUEPRINT(Endpoint));
}

void manager_batch(unsigned count)
{
    sk_blueprint what = sk_blueprint_frame(seL4_PageBits);

    for (unsigned i = 0; i < count; i++) {
        sk_assert(source->make_objects(source, what, slots) == SK_OK);
        source->free_objects(source, what, slots);
    }
}

void manager_one_by_one(unsigned count)
{
    sk_blueprint what = sk_blueprint_frame(seL4_PageBits);

    for (unsigned i = 0; i < count; i++) {
        for (seL4_Word n = 0; n < BATCH; n++) {
            sk_assert(source->make_object(source, what, sk_slots_get(slots, n)) == SK_OK);
        }
        for (seL4_Word n = 0; n < BATCH; n++) {
            source->free_object(source, what, sk_slots_get(slots, n));
        }
    }
}

void manager_map(unsigned count)
{
    sk_frame f = {sk_slot_cptr(frame)};

    for (unsigned i = 0; i < count; i++) {
        sk_assert(source->map(source, f, PAGE, SK_RW) == SK_OK);
        source->unmap(source, f);
    }
}

static void take_pages(unsigned count, seL4_Word pages)
{
    for (unsigned i = 0; i < count; i++) {
        uintptr_t vaddr;

        sk_assert(source->take_pages(source, pages, &vaddr) == SK_OK);
        source->give_pages(source, vaddr, pages);
    }
}

void manager_take_page(unsigned count)
{
    take_pages(count, 1);
}

void manager_take_pages(unsigned count)
{
    take_pages(count, 16);
}

void manager_scope(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        SK_SCOPE(scope, source);
        sk_owned_object endpoint = {0};

        sk_assert(sk_owned_object_make(&scope.source, SK_BLUEPRINT(Endpoint), &endpoint) ==
                  SK_OK);
    }
}
