/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <string.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>

#include "core/check.h"

#define WINDOW       0x100000
#define LARGE_WINDOW 0x600000
#define USED         0x2000 /* what host_kernel_boot() makes of the largest untyped */

/* There is a device tree of three letters. */
static const uint8_t *chunk(struct sk_init *in, uint32_t id, uint64_t *ret_size)
{
    static const uint8_t tree[] = "DTB";

    (void)in;
    *ret_size = sizeof(tree);
    return id == 6 ? tree : NULL;
}

static void add_untypeds(struct sk_init *in, const struct host_kernel *k)
{
    for (seL4_Word n = 0; n < k->info->untyped.end - k->info->untyped.start; n++) {
        const seL4_UntypedDesc *u = &k->info->untypedList[n];

        sk_init_add_untyped(in, u->paddr, u->sizeBits, u->isDevice != 0,
                            (uint32_t)(k->info->untyped.start + n));
        if (k->info->untyped.start + n == k->untyped) {
            in->untypeds[n].used = USED;
        }
    }
}

void stage_boot(struct stage *stage, const struct sk_spec *spec)
{
    struct host_kernel *k = &stage->kernel;
    uint64_t image = SK_HOST_IMAGE_VADDR + SK_HOST_IMAGE_PAGES * SK_SPEC_PAGE_SIZE;
    uint64_t blob_size = spec->blob_page_count * SK_SPEC_PAGE_SIZE;

    memset(stage, 0, sizeof(*stage));
    *k = host_kernel_boot();
    stage->in = (struct sk_init){
        .spec = spec,
        .perform = sk_init_perform_call,
        .blob = (const uint8_t *)(image - blob_size),
        .first_slot = (uint32_t)k->next_slot,
        .end_slot = (uint32_t)k->info->empty.end,
        .image_start = (uint32_t)k->info->userImageFrames.start,
        .image_end = (uint32_t)k->info->userImageFrames.end,
        .sched_control = (uint32_t)k->info->schedcontrol.start,
        .guard = (uint32_t)k->frame,
        .window = WINDOW,
        .large_window = LARGE_WINDOW,
        .chunk = chunk,
    };
    add_untypeds(&stage->in, k);
    if (blob_size > 0 && spec->blob_page_count <= SK_HOST_IMAGE_PAGES) {
        memcpy((void *)(image - blob_size), (const char *)spec + sk_spec_blob_offset(spec),
               blob_size);
    }
}

sk_err stage_predict(const struct stage *stage, struct sk_init *ret_in)
{
    *ret_in = stage->in;
    ret_in->perform = NULL;
    ret_in->blob = NULL;
    return sk_init_execute(ret_in);
}

void stage_check_kernel(void)
{
    struct check_finding finding = sk_kernel_check(sk_host_kernel());

    if (finding.what != NULL) {
        fail_msg("the kernel's state: %s", finding.what);
    }
}
