/*
 * The cases of tests/rpc, one after the other: client and server are two threads.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../../rpc/cases.h"
#include "../../rpc/source.h"
#include "../cap/stage.h"

/* Behind the image, in a page table that it has: a case maps at most so many bytes. */
#define CASE_ROOM 0x8000

uintptr_t scene_vaddr = 0x1000100000;

/* The largest piece of RAM; the smaller ones are the threads'. */
static seL4_CPtr largest(const seL4_BootInfo *bi)
{
    seL4_Word best = 0;
    seL4_Word bits = 0;

    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        if (!bi->untypedList[n].isDevice && bi->untypedList[n].sizeBits > bits) {
            best = n;
            bits = bi->untypedList[n].sizeBits;
        }
    }
    return bi->untyped.start + best;
}

SK_ROOT_TASK(bi)
{
    struct stage stage = {.info = bi};
    struct scene s = {
        .untyped = largest(bi),
        .cnode = seL4_CapInitThreadCNode,
        .node = sk_node_whole((unsigned)bi->initThreadCNodeSizeBits),
        .tcb = seL4_CapInitThreadTCB,
        .vspace = seL4_CapInitThreadVSpace,
        .sched_control = stage_sched_control(bi),
        .next_slot = bi->empty.start,
        .stage = &stage,
    };
    unsigned failures = 0;

    for (unsigned n = 0; n < rpc_case_count; n++) {
        const char *wrong = rpc_cases[n].run(&s);

        sk_printf("%s %s%s%s\n", wrong == NULL ? "ok" : "not ok", rpc_cases[n].name,
                  wrong == NULL ? "" : ": ", wrong == NULL ? "" : wrong);
        failures += wrong != NULL;
        stage_clear(&s);
        scene_vaddr += CASE_ROOM;
    }
    sk_printf("%u cases, %u failed\n", rpc_case_count, failures);
    return failures != 0;
}
