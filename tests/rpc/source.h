/*
 * A source over a scene. It counts what is out, and fails a request that the case names.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/source.h>

#include "../cap/scene.h"

#define SCENE_SPARE 16

struct scene_source {
    struct sk_source source;
    struct scene *scene;
    unsigned spare_count;
    sk_slot spare[SCENE_SPARE]; /* given back, and given out again */
    unsigned slots_out;
    unsigned objects_out;
    unsigned mappings_out;
    unsigned requests;
    unsigned fail_at; /* the request that fails, counted from 1; 0: none */
};

struct scene_source scene_source_open(struct scene *s);

/* Where cases may map pages: a page table is there. The host's and the target's own. */
extern uintptr_t scene_vaddr;
