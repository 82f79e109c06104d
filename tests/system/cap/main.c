/*
 * The cases of tests/cap, one after the other.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/assert.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../../cap/scene.h"
#include "stage.h"

/* The largest piece of RAM, or of device memory: its number in the list. */
static seL4_Word largest(const seL4_BootInfo *bi, bool is_device)
{
    seL4_Word best = 0;
    seL4_Word bits = 0;

    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        if (bi->untypedList[n].isDevice == is_device && bi->untypedList[n].sizeBits > bits) {
            best = n;
            bits = bi->untypedList[n].sizeBits;
        }
    }
    return best;
}

static unsigned run(struct scene *s, const struct scene_case *c)
{
    const char *wrong = c->run(s);

    sk_printf("%s %s%s%s\n", wrong == NULL ? "ok" : "not ok", c->name,
              wrong == NULL ? "" : ": ", wrong == NULL ? "" : wrong);
    stage_clear(s);
    return wrong != NULL;
}

SK_ROOT_TASK(bi)
{
    struct stage stage = {.info = bi};
    struct scene s = {
        .untyped = bi->untyped.start + largest(bi, false),
        .device = bi->untyped.start + largest(bi, true),
        .device_bits = bi->untypedList[largest(bi, true)].sizeBits,
        .cnode = seL4_CapInitThreadCNode,
        .node = sk_node_whole((unsigned)bi->initThreadCNodeSizeBits),
        .tcb = seL4_CapInitThreadTCB,
        .vspace = seL4_CapInitThreadVSpace,
        .sched_control = stage_sched_control(bi),
        .next_slot = bi->empty.start,
        .stage = &stage,
    };
    unsigned failures = 0;

    sk_assert(s.device_bits >= seL4_HugePageBits + 2); /* so that no type is left out */
    for (unsigned n = 0; n < scene_case_count; n++) {
        failures += run(&s, &scene_cases[n]);
    }
    for (unsigned n = 0; n < scene_more_case_count; n++) {
        failures += run(&s, &scene_more_cases[n]);
    }
    for (unsigned n = 0; n < stage_case_count; n++) {
        failures += run(&s, &stage_cases[n]);
    }
    sk_printf("%u cases, %u failed\n",
              scene_case_count + scene_more_case_count + stage_case_count, failures);
    return failures != 0;
}
