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

SK_ROOT_TASK(bi)
{
    struct stage stage = {.info = bi};
    struct scene s = stage_scene(&stage);
    unsigned failures = 0;

    for (unsigned n = 0; n < rpc_case_count; n++) {
        failures += stage_run(&s, &rpc_cases[n], 1);
        scene_vaddr += CASE_ROOM;
    }
    sk_printf("%u cases, %u failed\n", rpc_case_count, failures);
    return failures != 0;
}
