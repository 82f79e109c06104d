/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

bool sk_lower(struct sk_lower *lower)
{
    const struct sk_system *system = lower->system;
    struct arena *arena = &lower->model->arena;
    size_t errors = lower->diag->error_count;

    lower->domain = arena_take(arena, system->domain_count * sizeof(lower->domain[0]));
    lower->region = arena_take(arena, (system->region_count + 1) * sizeof(lower->region[0]));
    lower->region_size =
        arena_take(arena, (system->region_count + 1) * sizeof(lower->region_size[0]));

    sk_lower_regions(lower);
    for (unsigned i = 0; i < system->domain_count; i++) {
        sk_lower_domain(lower, i);
    }
    sk_lower_channels(lower);
    for (unsigned i = 0; i < system->domain_count; i++) {
        sk_lower_grants(lower, i);
        sk_lower_patch(lower, i);
        sk_lower_memory(lower, i);
    }
    return lower->diag->error_count == errors;
}
