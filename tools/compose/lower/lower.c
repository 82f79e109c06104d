/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

#include "tables.h"

/* Endpoints that somebody is granted exist, whether they are called by channels or not. */
static void mark_wanted(struct sk_lower *lower)
{
    for (size_t i = 0; i < lower->system->domain_count; i++) {
        const struct sk_system_domain *d = &lower->system->domains[i];
        for (size_t k = 0; k < d->cap_count; k++) {
            if (d->caps[k].kind == SK_SYSTEM_CAP_ENDPOINT ||
                d->caps[k].kind == SK_SYSTEM_CAP_REPLY) {
                lower->domain[d->caps[k].domain->index].is_endpoint_wanted = true;
            }
        }
    }
}

bool sk_lower(struct sk_lower *lower)
{
    const struct sk_system *system = lower->system;
    struct arena *arena = &lower->model->arena;
    size_t errors = lower->diag->error_count;

    lower->domain = arena_take(arena, system->domain_count * sizeof(lower->domain[0]));
    lower->region = arena_take(arena, (system->region_count + 1) * sizeof(lower->region[0]));
    lower->region_size =
        arena_take(arena, (system->region_count + 1) * sizeof(lower->region_size[0]));

    mark_wanted(lower);
    sk_lower_regions(lower);
    for (unsigned i = 0; i < system->domain_count; i++) {
        sk_lower_domain(lower, i);
    }
    sk_lower_channels(lower);
    for (unsigned i = 0; i < system->domain_count; i++) {
        uint32_t first_mapping = lower->model->mapping_count;
        sk_lower_grants(lower, i);
        sk_lower_patch(lower, i);
        sk_lower_memory(lower, i);
        /* Of addresses that were refused no tables could be counted. */
        if (lower->diag->error_count == errors) {
            sk_tables_add(lower->model, lower->domain[i].vspace, first_mapping, i,
                          system->domains[i].name.value);
        }
    }
    sk_lower_monitor(lower);
    sk_lower_schedule(lower);
    return lower->diag->error_count == errors;
}
