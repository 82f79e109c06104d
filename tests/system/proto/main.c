/*
 * The cases of tests/proto, one after the other, and what needs the runtime's threads.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../../proto/cases.h"
#include "../cap/stage.h"
#include "parts.h"

static const struct {
    const char *name;
    part *run;
} parts[] = {
    {"a_million_messages_go_from_thread_to_thread",
     a_million_messages_go_from_thread_to_thread},
    {"many_producers_lose_nothing", many_producers_lose_nothing},
    {"a_loop_serves_two_queues_and_a_clock", a_loop_serves_two_queues_and_a_clock},
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

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

static bool say(const char *name, const char *wrong)
{
    sk_printf("%s %s%s%s\n", wrong == NULL ? "ok" : "not ok", name, wrong == NULL ? "" : ": ",
              wrong == NULL ? "" : wrong);
    return wrong != NULL;
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

    for (unsigned n = 0; n < proto_case_count; n++) {
        failures += say(proto_cases[n].name, proto_cases[n].run(&s));
        stage_clear(&s);
    }
    for (unsigned n = 0; n < PARTS; n++) {
        failures += say(parts[n].name, parts[n].run());
    }
    sk_printf("%u cases, %u failed\n", proto_case_count + (unsigned)PARTS, failures);
    return failures != 0;
}
