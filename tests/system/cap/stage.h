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

/* The scene of a root task: its largest piece of RAM; the smaller ones are its own threads'. */
struct scene stage_scene(struct stage *stage);

/* Say what came of a case: null, or what is wrong. True if something is. */
bool stage_say(const char *name, const char *wrong);

/* Run cases, one after the other, and say how many went wrong. */
unsigned stage_run(struct scene *s, const struct scene_case cases[], unsigned count);

/* After a case: its threads are gone. */
void stage_clear(struct scene *s);

/* Give the thread of tcb time to run. False: there is nothing to make it from. */
bool stage_give_time(struct scene *s, seL4_CPtr tcb);

/* The authority over time; null without MCS. */
seL4_CPtr stage_sched_control(const seL4_BootInfo *info);

/* Cases for which the target is needed: target_cases.c. */
extern const struct scene_case stage_cases[];
extern const unsigned stage_case_count;
