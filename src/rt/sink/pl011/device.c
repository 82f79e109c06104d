/* SPDX-License-Identifier: BSD-2-Clause */
#include "device.h"

#include <stddef.h>

#include <selkie/arch/rt/vspace.h>

#define PAGE_BITS seL4_PageBits

/* Slots for what is made: the page, and a piece of untyped for each bit of the way to it. */
#define SLOTS (1 + seL4_MaxUntypedBits - PAGE_BITS)

static const seL4_UntypedDesc *find(const seL4_BootInfo *bi, uintptr_t paddr)
{
    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        const seL4_UntypedDesc *u = &bi->untypedList[i];

        if (u->isDevice && u->sizeBits >= PAGE_BITS && paddr >= u->paddr &&
            paddr - u->paddr < (uintptr_t)1 << u->sizeBits) {
            return u;
        }
    }
    return NULL;
}

/*
 * Make the page in the first of slots. Untyped memory is used up from its start, so that what
 * lies before the page is made into pieces first, and given back when the page is there.
 */
static sk_err make_page(seL4_CPtr untyped, uintptr_t offset, seL4_CPtr cnode, sk_slots slots)
{
    seL4_Word used = 1;
    seL4_Error error = seL4_NoError;

    for (unsigned bits = seL4_WordBits - 1; bits >= PAGE_BITS && error == seL4_NoError;
         bits--) {
        if ((offset >> bits & 1) != 0) {
            error = seL4_Untyped_Retype(untyped, seL4_UntypedObject, bits, cnode, 0, 0,
                                        sk_slots_get(slots, used++).index, 1);
        }
    }
    if (error == seL4_NoError) {
        error = seL4_Untyped_Retype(untyped, SK_ARCH_PAGE_OBJECT, 0, cnode, 0, 0,
                                    slots.first.index, 1);
    }
    while (used-- > 1) {
        (void)seL4_CNode_Delete(cnode, sk_slots_get(slots, used).index, seL4_WordBits);
    }
    return (sk_err)error;
}

sk_err sk_device_map(const struct sk_env *env, uintptr_t paddr, volatile uint32_t **ret_page)
{
    struct sk_source *source = env->source;
    uintptr_t vaddr;
    sk_slots slots;

    if (env->boot_info == NULL || source == NULL) {
        return SK_ERR_RANGE;
    }
    const seL4_UntypedDesc *u = find(env->boot_info, paddr);
    if (u == NULL) {
        return SK_ERR_RANGE;
    }
    /* Room in the address space, tables and guards included, is a page's; it stays unused. */
    SK_TRY(source->take_pages(source, 1, &vaddr));
    SK_TRY(source->take_slots(source, SLOTS, &slots));

    seL4_CPtr untyped =
        env->boot_info->untyped.start + (seL4_Word)(u - env->boot_info->untypedList);
    SK_TRY(make_page(untyped, paddr - u->paddr, env->cnode.cptr, slots));
    source->unmap(source, source->page_frame(source, vaddr));
    SK_TRY((sk_err)sk_arch_page_map_device(slots.first.index, env->vspace.cptr, vaddr));
    *ret_page = (volatile uint32_t *)vaddr;
    return SK_OK;
}
