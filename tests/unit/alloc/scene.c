/* SPDX-License-Identifier: BSD-2-Clause */
#include "scene.h"

#include "boot_rest.h"

#define START 0x10000000
#define END   0x7f000000

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];

/* What is made of the largest untyped before the manager is there. */
#define USED 0x10000

void scene_boot(struct scene *s, uint64_t seed)
{
    s->kernel = host_kernel_boot_seeded(seed);
}

void scene_manage(struct scene *s, bool is_two_level)
{
    struct sk_manager_options options = {
        .memory = memory,
        .vspace_start = START,
        .vspace_end = END,
        .is_two_level = is_two_level,
    };
    seL4_BootInfo info;

    s->info = *s->kernel.info;
    s->info.empty.start = s->kernel.next_slot;
    s->full = ground_full_slots();
    /* That is what a boot source would have taken. */
    boot_rest = (struct sk_boot_rest){.index = s->kernel.untyped - s->info.untyped.start};
    boot_rest.bits = s->info.untypedList[boot_rest.index].sizeBits;
    boot_rest.used = USED;
    info = s->info;
    assert_int_equal(sk_manager_init_boot(&s->manager, &info, &options), SK_OK);
    assert_int_equal(info.empty.end, info.empty.start);
}

void scene_open(struct scene *s, bool is_two_level)
{
    scene_boot(s, 0);
    scene_manage(s, is_two_level);
}

struct sk_manager_stats scene_stats(struct scene *s)
{
    struct sk_manager_stats stats;

    sk_manager_stats(&s->manager, &stats);
    assert_true(sk_manager_check(&s->manager));
    ground_check_kernel();
    return stats;
}

void scene_check_same(const struct sk_manager_stats *a, const struct sk_manager_stats *b)
{
    assert_int_equal(a->free_bytes, b->free_bytes);
    assert_int_equal(a->total_bytes, b->total_bytes);
    assert_int_equal(a->free_slots, b->free_slots);
    assert_int_equal(a->total_slots, b->total_slots);
    assert_int_equal(a->bookkeeping, b->bookkeeping);
}

/* Make pages of an untyped until there is no room; how many there are. */
static seL4_Word fill_with_pages(const struct scene *s, seL4_Word index)
{
    seL4_CPtr untyped = s->info.untyped.start + index;
    seL4_CPtr slot = s->info.empty.end - 256;
    seL4_Word count = 0;
    seL4_Word step = 256;

    while (step != 0) {
        seL4_Error e = seL4_Untyped_Retype(untyped, seL4_ARM_SmallPageObject, 0,
                                           s->kernel.cnode, 0, 0, slot, step);

        if (e != seL4_NoError) {
            step /= 2;
            continue;
        }
        count += step;
        /* One stays, so that the untyped is not empty again. */
        for (seL4_Word n = count == step ? 1 : 0; n < step; n++) {
            assert_int_equal(seL4_CNode_Delete(s->kernel.cnode, slot + n, 64), seL4_NoError);
        }
        slot = s->info.empty.end - 512;
        if (step < 256) {
            step /= 2;
        }
    }
    assert_int_equal(seL4_CNode_Revoke(s->kernel.cnode, untyped, 64), seL4_NoError);
    return count;
}

void scene_close(struct scene *s)
{
    sk_manager_fini(&s->manager);
    assert_int_equal(ground_full_slots(), s->full);
    for (seL4_Word n = 0; n < s->info.untyped.end - s->info.untyped.start; n++) {
        const seL4_UntypedDesc *desc = &s->info.untypedList[n];

        if (desc->isDevice || desc->sizeBits < seL4_PageBits || n == boot_rest.index) {
            continue;
        }
        assert_int_equal(fill_with_pages(s, n), 1u << (desc->sizeBits - seL4_PageBits));
    }
}
