/*
 * The target's threads for tests/cap.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../cap/scene.h"

struct stage {
    const seL4_BootInfo *info;
    unsigned thread_count;
    seL4_CPtr threads[SCENE_THREADS];
};

/* After a case: its threads are gone. */
void stage_clear(struct scene *s);

/* Give the thread of tcb time to run. False: there is nothing to make it from. */
bool stage_give_time(struct scene *s, seL4_CPtr tcb);

/* The authority over time; null without MCS. */
seL4_CPtr stage_sched_control(const seL4_BootInfo *info);

/* Cases for which the target is needed: target_cases.c. */
extern const struct scene_case stage_cases[];
extern const unsigned stage_case_count;
