/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

#include <selkie/arch/rt/vspace.h>
#include <selkie/rt/stack.h>

#include "elf.h"

#define PAGE_SIZE ((uintptr_t)1 << seL4_PageBits)

/* What the segments allow on the page at vaddr; nothing for the stack's guard. */
static uint32_t flags_of(uintptr_t vaddr)
{
    struct segments all = sk_elf_segments();
    uint32_t flags = 0;

    if (vaddr == (uintptr_t)sk_root_stack) {
        return 0;
    }
    for (const struct program_header *s = all.first; s < all.end; s++) {
        if (s->type == SEGMENT_LOAD && s->vaddr < vaddr + PAGE_SIZE &&
            vaddr < s->vaddr + s->memory_size) {
            flags |= s->flags;
        }
    }
    return flags;
}

static seL4_Error protect(seL4_CPtr page, uintptr_t vaddr)
{
    uint32_t flags = flags_of(vaddr);

    if (flags == 0) {
        return sk_arch_page_unmap(page);
    }
    if ((flags & SEGMENT_WRITE) != 0 && (flags & SEGMENT_EXECUTE) != 0) {
        return seL4_InvalidArgument;
    }
    return sk_arch_page_map_as(page, seL4_CapInitThreadVSpace, vaddr,
                               flags & SEGMENT_WRITE ? seL4_ReadWrite : seL4_CanRead,
                               flags & SEGMENT_EXECUTE);
}

void sk_image_protect(const seL4_BootInfo *bi)
{
    uintptr_t vaddr = (uintptr_t)bi->ipcBuffer;

    for (seL4_CPtr page = bi->userImageFrames.end; page-- != bi->userImageFrames.start;) {
        vaddr -= PAGE_SIZE;
        if (protect(page, vaddr) != seL4_NoError) {
            sk_panic_plain("panic: no guard page, or a page to be written and executed");
        }
    }
}
