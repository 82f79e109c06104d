/*
 * The cases of tests/cap, one after the other.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/assert.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "stage.h"

SK_ROOT_TASK(bi)
{
    struct stage stage = {.info = bi};
    struct scene s = stage_scene(&stage);
    unsigned failures = 0;

    sk_assert(s.device_bits >= seL4_HugePageBits + 2); /* so that no type is left out */
    failures += stage_run(&s, scene_cases, scene_case_count);
    failures += stage_run(&s, scene_more_cases, scene_more_case_count);
    failures += stage_run(&s, stage_cases, stage_case_count);
    sk_printf("%u cases, %u failed\n",
              scene_case_count + scene_more_case_count + stage_case_count, failures);
    return failures != 0;
}
