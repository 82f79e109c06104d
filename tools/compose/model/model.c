/* SPDX-License-Identifier: BSD-2-Clause */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>

static void *must(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "error: no memory left for the model of this system\n"
                        "help: free some memory on this machine\n");
        exit(125);
    }
    return memory;
}

/* Tables double when their count is a power of two. */
static void *grown(void *table, uint32_t count, size_t entry_size)
{
    if ((count & (count - 1)) != 0) {
        return table;
    }
    return must(reallocarray(table, count == 0 ? 1 : 2 * (size_t)count, entry_size));
}

void sk_model_fini(struct sk_model *model)
{
    arena_fini(&model->arena);
    free(model->object);
    free(model->cap);
    free(model->mapping);
    free(model->handover);
    free(model->domain);
    free(model->turn);
    *model = (struct sk_model){0};
}

uint32_t sk_model_add_object(struct sk_model *model, const struct sk_model_object *object)
{
    model->object = grown(model->object, model->object_count, sizeof(*object));
    model->object[model->object_count] = *object;
    return model->object_count++;
}

uint32_t sk_model_add_domain(struct sk_model *model, const struct sk_model_domain *domain)
{
    model->domain = grown(model->domain, model->domain_count, sizeof(*domain));
    model->domain[model->domain_count] = *domain;
    return model->domain_count++;
}

void sk_model_add_cap(struct sk_model *model, const struct sk_model_cap *cap)
{
    model->cap = grown(model->cap, model->cap_count, sizeof(*cap));
    model->cap[model->cap_count++] = *cap;
}

void sk_model_add_mapping(struct sk_model *model, const struct sk_model_mapping *mapping)
{
    model->mapping = grown(model->mapping, model->mapping_count, sizeof(*mapping));
    model->mapping[model->mapping_count++] = *mapping;
}

void sk_model_add_handover(struct sk_model *model, const struct sk_model_handover *handover)
{
    model->handover = grown(model->handover, model->handover_count, sizeof(*handover));
    model->handover[model->handover_count++] = *handover;
}

void sk_model_add_turn(struct sk_model *model, const struct sk_model_turn *turn)
{
    model->turn = grown(model->turn, model->turn_count, sizeof(*turn));
    model->turn[model->turn_count++] = *turn;
}

uint64_t sk_model_foreign_pages(const struct sk_model *model, uint32_t domain)
{
    uint64_t count = 0;

    for (uint32_t i = 0; i < model->mapping_count; i++) {
        const struct sk_model_mapping *m = &model->mapping[i];
        uint32_t owner = model->object[m->object].domain;
        if (m->level == 0 && m->vspace == model->domain[domain].vspace && owner != domain &&
            owner != SK_MODEL_NONE) {
            count += m->count;
        }
    }
    return count;
}

uint64_t sk_model_ticks(const struct sk_model_turn *turn, uint64_t hz)
{
    if (turn->is_ticks) {
        return turn->duration;
    }
    return turn->duration / 1000000 * hz + turn->duration % 1000000 * hz / 1000000;
}

const char *sk_model_kind_name(enum sk_model_kind kind)
{
    static const char *const name[] = {
        [SK_MODEL_ENDPOINT] = "endpoint",
        [SK_MODEL_NOTIFICATION] = "notification",
        [SK_MODEL_TCB] = "TCB",
        [SK_MODEL_SCHED_CONTEXT] = "scheduling context",
        [SK_MODEL_REPLY] = "reply object",
        [SK_MODEL_CNODE] = "CNode",
        [SK_MODEL_VSPACE] = "VSpace",
        [SK_MODEL_PAGE_TABLE] = "page table",
        [SK_MODEL_FRAME] = "frame",
        [SK_MODEL_IRQ_HANDLER] = "IRQ handler",
    };

    return name[kind];
}
