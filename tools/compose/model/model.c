/* SPDX-License-Identifier: BSD-2-Clause */
#include "model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names, each in memory of its own. */
struct sk_model_text {
    struct sk_model_text *next;
    char bytes[];
};

static void *must(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "error: no memory left for the model of this system\n"
                        "help: free some memory on this machine\n");
        exit(1);
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

void sk_model_init(struct sk_model *ret_model)
{
    *ret_model = (struct sk_model){0};
}

void sk_model_fini(struct sk_model *model)
{
    struct sk_model_text *text = model->text;

    while (text != NULL) {
        struct sk_model_text *next = text->next;
        free(text);
        text = next;
    }
    free(model->object);
    free(model->cap);
    free(model->mapping);
    free(model->handover);
    free(model->domain);
    free(model->turn);
    *model = (struct sk_model){0};
}

const char *sk_model_name(struct sk_model *model, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);

    struct sk_model_text *text = must(malloc(sizeof(*text) + (size_t)length + 1));
    va_start(arguments, format);
    vsnprintf(text->bytes, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->next = model->text;
    model->text = text;
    return text->bytes;
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
