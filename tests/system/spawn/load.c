/* SPDX-License-Identifier: BSD-2-Clause */
#include "load.h"

#include <selkie/arch/rt/thread.h>
#include <selkie/arch/rt/vspace.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/env.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/thread.h>

#include "time.h"

#define PAGE_SIZE ((uintptr_t)1 << seL4_PageBits)
#define LOAD      1
#define EXECUTE   1

struct header {
    uint8_t ident[24];
    uint64_t entry;
    uint64_t segments;
    uint8_t rest[16];
    uint16_t segment_count;
};

struct segment {
    uint32_t type;
    uint32_t flags;
    uint64_t offset;
    uint64_t vaddr;
    uint64_t paddr;
    uint64_t file_size;
    uint64_t memory_size;
    uint64_t align;
};

seL4_CPtr make(sk_blueprint what)
{
    struct sk_source *source = sk_boot_source();
    sk_slots slot;

    sk_assert(source->take_slots(source, 1, &slot) == SK_OK);
    sk_assert(source->make_object(source, what, slot.first) == SK_OK);
    return sk_slot_cptr(slot.first);
}

void *child_page(struct child *c, uintptr_t vaddr, int is_code, sk_frame *ret_frame)
{
    struct sk_source *source = sk_boot_source();
    uintptr_t here;
    sk_slots copy;

    sk_assert(source->take_pages(source, 1, &here) == SK_OK);
    sk_assert(source->take_slots(source, 1, &copy) == SK_OK);
    seL4_CPtr frame = sk_slot_cptr(copy.first);
    sk_assert(seL4_CNode_Copy(seL4_CapInitThreadCNode, frame, seL4_WordBits,
                              seL4_CapInitThreadCNode, source->page_frame(source, here).cptr,
                              seL4_WordBits, seL4_AllRights) == seL4_NoError);
    while (sk_arch_page_map_as(frame, c->vspace.cptr, vaddr,
                               is_code ? seL4_CanRead : seL4_ReadWrite,
                               is_code) == seL4_FailedLookup) {
        sk_assert(sk_arch_page_table_map(make(sk_blueprint_page_table()), c->vspace.cptr,
                                         vaddr) == seL4_NoError);
    }
    if (ret_frame != NULL) {
        *ret_frame = (sk_frame){frame};
    }
    return (void *)here;
}

static void load_segment(struct child *c, const char *image, const struct segment *s)
{
    uintptr_t end = s->vaddr + s->memory_size;

    for (uintptr_t page = s->vaddr & -PAGE_SIZE; page < end; page += PAGE_SIZE) {
        uintptr_t from = page > s->vaddr ? page : s->vaddr;
        uintptr_t to = page + PAGE_SIZE;
        char *here = child_page(c, page, (s->flags & EXECUTE) != 0, NULL);

        if (to > s->vaddr + s->file_size) {
            to = s->vaddr + s->file_size;
        }
        if (from < to) {
            __builtin_memcpy(here + (from - page), image + s->offset + (from - s->vaddr),
                             to - from);
        }
    }
}

void child_give(struct child *c, enum child_slot slot, seL4_CPtr cap, seL4_Word badge)
{
    sk_assert(seL4_CNode_Mint(c->cnode.cptr, slot, CHILD_CNODE_BITS, seL4_CapInitThreadCNode,
                              cap, seL4_WordBits, seL4_AllRights, badge) == seL4_NoError);
}

struct child load(const void *image)
{
    const struct header *header = image;
    const struct segment *segments = (const void *)((const char *)image + header->segments);
    struct child c = {
        .tcb = {make(SK_BLUEPRINT(TCB))},
        .cnode = {make(sk_blueprint_cnode(CHILD_CNODE_BITS))},
        .vspace = {make(sk_blueprint_vspace())},
        .entry = header->entry,
    };

    sk_assert(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, c.vspace.cptr) ==
              seL4_NoError);
    for (unsigned i = 0; i < header->segment_count; i++) {
        if (segments[i].type == LOAD) {
            load_segment(&c, image, &segments[i]);
        }
    }
    child_give(&c, CHILD_TCB, c.tcb.cptr, 0);
    child_give(&c, CHILD_VSPACE, c.vspace.cptr, 0);
    return c;
}

void child_start(struct child *c, uintptr_t sp, uintptr_t ipc_buffer, sk_frame frame,
                 seL4_CPtr endpoint, seL4_Word badge)
{
    seL4_UserContext registers = sk_arch_thread_registers(NULL, NULL, sp, 0);

    registers.pc = c->entry;
    give_time(c->tcb);
    set_space(c, CHILD_GUARD, endpoint, badge);
    sk_assert(seL4_TCB_SetIPCBuffer(c->tcb.cptr, ipc_buffer, frame.cptr) == seL4_NoError);
    sk_assert(seL4_TCB_SetMCPriority(c->tcb.cptr, seL4_CapInitThreadTCB, 100) == seL4_NoError);
    sk_assert(seL4_TCB_SetPriority(c->tcb.cptr, seL4_CapInitThreadTCB, 100) == seL4_NoError);
    sk_assert(seL4_TCB_WriteRegisters(c->tcb.cptr, 1, 0, SK_ARCH_REGISTER_COUNT, &registers) ==
              seL4_NoError);
}
