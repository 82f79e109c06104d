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

SK_ROOT_TASK(bi)
{
    struct stage stage = {.info = bi};
    struct scene s = stage_scene(&stage);
    unsigned failures = stage_run(&s, proto_cases, proto_case_count);

    for (unsigned n = 0; n < PARTS; n++) {
        failures += stage_say(parts[n].name, parts[n].run());
    }
    sk_printf("%u cases, %u failed\n", proto_case_count + (unsigned)PARTS, failures);
    return failures != 0;
}
