/* SPDX-License-Identifier: BSD-2-Clause */
#include "memory.h"

#include <selkie/arch/rt/vspace.h>
#include <selkie/rt/panic.h>

void check(seL4_Error error, const char *what)
{
    if (error != seL4_NoError) {
        sk_panic("%s: seL4 error %d", what, (int)error);
    }
}

static seL4_CPtr smallest_untyped(const seL4_BootInfo *bi, seL4_Word size_bits)
{
    seL4_Word count = bi->untyped.end - bi->untyped.start;
    seL4_Word best = count;

    for (seL4_Word i = 0; i < count; i++) {
        const seL4_UntypedDesc *untyped = &bi->untypedList[i];

        if (!untyped->isDevice && untyped->sizeBits >= size_bits &&
            (best == count || untyped->sizeBits < bi->untypedList[best].sizeBits)) {
            best = i;
        }
    }
    if (best == count) {
        sk_panic("no untyped memory of 2^%lu bytes", size_bits);
    }
    return bi->untyped.start + best;
}

struct memory memory_init(const seL4_BootInfo *bi, seL4_Word size_bits)
{
    /* The kernel maps our image, then the IPC buffer, then the boot info with its extras. */
    uintptr_t end = (uintptr_t)bi + seL4_BootInfoFrameSize + bi->extraLen;

    return (struct memory){
        .untyped = smallest_untyped(bi, size_bits),
        .slot = bi->empty.start,
        .end = bi->empty.end,
        .vaddr = (end + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1),
    };
}

seL4_SlotPos memory_slot(struct memory *memory)
{
    if (memory->slot == memory->end) {
        sk_panic("our CNode has no empty slot left");
    }
    return memory->slot++;
}

seL4_CPtr memory_object(struct memory *memory, seL4_Word type, seL4_Word size_bits)
{
    seL4_SlotPos slot = memory_slot(memory);

    /* Depth 0 means the root CNode itself; slot is an offset in it. */
    check(seL4_Untyped_Retype(memory->untyped, type, size_bits, seL4_CapInitThreadCNode, 0, 0,
                              slot, 1),
          "seL4_Untyped_Retype");
    return slot;
}

seL4_CPtr memory_page(struct memory *memory)
{
    seL4_CPtr page = memory_object(memory, SK_ARCH_PAGE_OBJECT, 0);
    seL4_Error error;

    /* A failed lookup says that a page table is missing, one level after the other. */
    while ((error = sk_arch_page_map(page, seL4_CapInitThreadVSpace, memory->vaddr,
                                     seL4_ReadWrite)) == seL4_FailedLookup) {
        seL4_CPtr table = memory_object(memory, SK_ARCH_PAGE_TABLE_OBJECT, 0);

        check(sk_arch_page_table_map(table, seL4_CapInitThreadVSpace, memory->vaddr),
              "mapping a page table");
    }
    check(error, "mapping a page");
    memory->vaddr += PAGE_SIZE;
    return page;
}
