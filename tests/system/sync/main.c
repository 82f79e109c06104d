/*
 * The cases of tests/sync, one after the other, and what needs the runtime's threads.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../../sync/cases.h"
#include "../cap/stage.h"
#include "parts.h"

static const struct {
    const char *name;
    part *run;
} parts[] = {
    {"a_crowd_of_many_priorities_meets_everywhere",
     a_crowd_of_many_priorities_meets_everywhere},
    {"a_panic_unlocks", a_panic_unlocks},
    {"a_panic_in_what_is_done_once_lets_another_do_it",
     a_panic_in_what_is_done_once_lets_another_do_it},
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

SK_ROOT_TASK(bi)
{
    struct stage stage = {.info = bi};
    struct scene s = stage_scene(&stage);
    unsigned failures = stage_run(&s, sync_cases, sync_case_count);

    for (unsigned n = 0; n < PARTS; n++) {
        failures += stage_say(parts[n].name, parts[n].run());
    }
    sk_printf("%u cases, %u failed\n", sync_case_count + (unsigned)PARTS, failures);
    return failures != 0;
}
