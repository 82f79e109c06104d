/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot_info.h"

#include <selkie/rt/print.h>

static void print_slots(const char *what, seL4_SlotRegion slots)
{
    if (slots.start == slots.end) {
        sk_printf("  %-18s none\n", what);
    } else {
        sk_printf("  %-18s %lu to %lu\n", what, slots.start, slots.end - 1);
    }
}

/* Untyped memory of one kind: how many pieces, and how much in all. */
static void print_untyped(const seL4_BootInfo *bi, const char *what, seL4_Uint8 is_device)
{
    seL4_Word pieces = 0;
    seL4_Word bytes = 0;
    seL4_Word largest = 0;

    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        const seL4_UntypedDesc *untyped = &bi->untypedList[i];

        if (untyped->isDevice == is_device) {
            pieces++;
            bytes += (seL4_Word)1 << untyped->sizeBits;
            largest = untyped->sizeBits > largest ? untyped->sizeBits : largest;
        }
    }
    sk_printf("  %-18s %lu MiB in %lu pieces of up to 2^%lu bytes\n", what, bytes >> 20, pieces,
              largest);
}

void print_boot_info(const seL4_BootInfo *bi)
{
    sk_puts("boot info");
    sk_printf("  %-18s node %lu of %lu, domain %lu\n", "we run on", bi->nodeID, bi->numNodes,
              bi->initThreadDomain);
    sk_printf("  %-18s %p\n", "our IPC buffer", (const void *)bi->ipcBuffer);
    sk_printf("  %-18s 2^%lu slots\n", "our CNode", bi->initThreadCNodeSizeBits);
    print_slots("page tables", bi->userImagePaging);
    print_slots("image pages", bi->userImageFrames);
    print_slots("sched control", bi->schedcontrol);
    print_slots("untyped", bi->untyped);
    print_slots("empty", bi->empty);
    print_untyped(bi, "memory", 0);
    print_untyped(bi, "device memory", 1);
    sk_printf("  %-18s %lu bytes\n", "extra boot info", bi->extraLen);
}
