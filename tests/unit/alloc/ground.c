/* SPDX-License-Identifier: BSD-2-Clause */
#include "ground.h"

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/check.h"
#include "core/kernel.h"

#define CHUNKS 128

static struct sk_slot_block *directory[1];
static _Alignas(8) char block[SK_SLOT_BLOCK_SIZE(12)];
static _Alignas(SK_RECORD_CHUNK) char chunks[CHUNKS][SK_RECORD_CHUNK];

void ground_open(struct ground *g)
{
    sk_slots slots;
    seL4_Word paddr;
    seL4_CPtr page;

    *g = (struct ground){.kernel = host_kernel_boot()};
    g->untyped = sk_slot_at((sk_cnode){g->kernel.cnode},
                            host_kernel_make(&g->kernel, seL4_UntypedObject, GROUND_BITS));
    /* Where it is, the kernel says of a page that is made there for a moment. */
    page = g->kernel.next_slot;
    assert_int_equal(seL4_Untyped_Retype(g->untyped.index, seL4_ARM_SmallPageObject, 0,
                                         g->kernel.cnode, 0, 0, page, 1),
                     seL4_NoError);
    seL4_ARM_Page_GetAddress_t where = seL4_ARM_Page_GetAddress(page);
    assert_int_equal(where.error, seL4_NoError);
    paddr = where.paddr;
    assert_int_equal(seL4_CNode_Delete(g->kernel.cnode, page, 64), seL4_NoError);
    g->paddr = paddr;

    slots = (sk_slots){
        sk_slot_at((sk_cnode){g->kernel.cnode}, g->kernel.next_slot),
        g->kernel.info->empty.end - g->kernel.next_slot,
    };
    sk_slot_pool_init(&g->slots, sk_slot_at((sk_cnode){g->kernel.cnode}, 0), 12, directory, 1);
    assert_int_equal(sk_slot_pool_add(&g->slots, slots, sk_node_whole(12), block), SK_OK);
    sk_record_pool_init(&g->records, SK_UNTYPED_RECORD, NULL);
    for (unsigned n = 0; n < CHUNKS; n++) {
        sk_record_pool_add(&g->records, chunks[n]);
    }
    sk_untyped_pool_init(&g->untypeds, &g->slots, &g->records);
    assert_int_equal(
        sk_untyped_pool_add(&g->untypeds, g->untyped, g->paddr, GROUND_BITS, false), SK_OK);
}

static const struct slot *root_slots(seL4_Word *ret_count)
{
    const struct kernel *k = sk_host_kernel();
    kcap root = k->current->slots[TCB_CSPACE].cap;

    *ret_count = (seL4_Word)1 << cap_cnode_radix(root);
    return cap_cnode_slots(root);
}

seL4_Word ground_full_slots(void)
{
    seL4_Word count;
    seL4_Word full = 0;
    const struct slot *slots = root_slots(&count);

    for (seL4_Word n = 0; n < count; n++) {
        full += !cap_is_null(slots[n].cap);
    }
    return full;
}

bool ground_is_full(seL4_CPtr slot)
{
    seL4_Word count;
    const struct slot *slots = root_slots(&count);

    assert_true(slot < count);
    return !cap_is_null(slots[slot].cap);
}

void ground_check_kernel(void)
{
    struct check_finding f = sk_kernel_check(sk_host_kernel());

    if (f.what != NULL) {
        fail_msg("%s (%p)", f.what, f.where);
    }
}

void ground_check(const struct ground *g)
{
    assert_true(sk_slot_pool_check(&g->slots));
    assert_true(sk_untyped_pool_check(&g->untypeds));
    ground_check_kernel();
}

sk_slot ground_slot(struct ground *g)
{
    sk_slots s;

    assert_int_equal(sk_slot_pool_take(&g->slots, 1, &s), SK_OK);
    return s.first;
}
