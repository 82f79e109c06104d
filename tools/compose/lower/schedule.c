/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

/* What is below the first index stays as the kernel has it. An end has no time. */
void sk_lower_schedule(struct sk_lower *lower)
{
    const struct sk_system *system = lower->system;
    struct sk_model *model = lower->model;

    if (!system->has_schedule) {
        return;
    }
    for (size_t i = 0; i < system->turn_count; i++) {
        const struct sk_system_turn *from = &system->turns[i];
        struct sk_model_turn turn = {
            .domain = from->is_end ? 0 : (uint8_t)from->slice->id.value,
            .duration = from->is_end ? 0 : from->duration,
            .is_ticks = from->is_ticks,
        };
        sk_model_add_turn(model, &turn);
    }
    model->turn_shift = (uint32_t)system->index_shift.value;
    model->turn_start = (uint32_t)(system->start_index.value + system->index_shift.value);
}
