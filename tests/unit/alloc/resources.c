/* SPDX-License-Identifier: BSD-2-Clause */
#include "resources.h"

#include <selkie/cap/cnode.h>
#include <stdio.h>

static struct sk_slot_block *directory[1];
static _Alignas(8) char block[SK_SLOT_BLOCK_SIZE(12)];
static _Alignas(SK_RECORD_CHUNK) char chunk[SK_RECORD_CHUNK];

void resources_take(struct resources *r, seL4_Word slot_count, unsigned untyped_bits)
{
    sk_cnode root;

    ground_open(&r->ground);
    root = (sk_cnode){r->ground.kernel.cnode};
    /* Both are taken from the ground, so nobody else has them. */
    assert_int_equal(sk_slot_pool_take(&r->ground.slots, slot_count, &r->all), SK_OK);
    r->untyped = ground_slot(&r->ground);
    assert_int_equal(sk_blueprint_make(sk_blueprint_untyped(untyped_bits),
                                       (sk_untyped){sk_slot_cptr(r->ground.untyped)},
                                       (sk_slots){r->untyped, 1}, sk_node_whole(12)),
                     SK_OK);
    sk_slot_pool_init(&r->slots, sk_slot_at(root, 0), 12, directory, 1);
    assert_int_equal(sk_slot_pool_add(&r->slots, r->all, sk_node_whole(12), block), SK_OK);
    sk_record_pool_init(&r->records, SK_UNTYPED_RECORD, NULL);
    sk_record_pool_add(&r->records, chunk);
    sk_untyped_pool_init(&r->untypeds, &r->slots, &r->records);
    assert_int_equal(
        sk_untyped_pool_add(&r->untypeds, r->untyped, r->ground.paddr, untyped_bits, false),
        SK_OK);
}

/* Whether a slot is full, the kernel knows best. */
const char *resources_left(struct resources *r)
{
    static char text[100];

    sk_untyped_pool_join(&r->untypeds);
    if (r->slots.free_count != r->slots.count) {
        snprintf(text, sizeof(text), "%lu slots are still taken",
                 (unsigned long)(r->slots.count - r->slots.free_count));
        return text;
    }
    for (seL4_Word n = 0; n < r->all.count; n++) {
        if (ground_is_full(sk_slots_get(r->all, n).index)) {
            snprintf(text, sizeof(text), "slot %lu is not empty", (unsigned long)n);
            return text;
        }
    }
    if (r->untypeds.free_bytes != r->untypeds.total_bytes) {
        snprintf(text, sizeof(text), "%lu bytes are still taken",
                 (unsigned long)(r->untypeds.total_bytes - r->untypeds.free_bytes));
        return text;
    }
    return NULL;
}

void resources_end(struct resources *r)
{
    const char *left = resources_left(r);

    if (left != NULL) {
        fail_msg("%s", left);
    }
    ground_check_kernel();
    host_kernel_end();
}
