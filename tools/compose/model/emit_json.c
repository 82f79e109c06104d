/* SPDX-License-Identifier: BSD-2-Clause */
#include "emit.h"

#include <inttypes.h>

/* Addresses and badges are text: JSON's numbers have 53 bits. */
static json_t *hex(uint64_t value)
{
    return json_sprintf("0x%" PRIx64, value);
}

static json_t *name_of(const struct sk_model *model, uint32_t object)
{
    return object == SK_MODEL_NONE ? json_null() : json_string(model->object[object].name);
}

static json_t *rights_of(uint8_t rights)
{
    return json_sprintf("%s%s%s%s", rights & SK_MODEL_READ ? "r" : "",
                        rights & SK_MODEL_WRITE ? "w" : "", rights & SK_MODEL_GRANT ? "g" : "",
                        rights & SK_MODEL_GRANT_REPLY ? "p" : "");
}

static json_t *thread_of(const struct sk_model *model, const struct sk_model_thread *t)
{
    return json_pack("{so si so so so so so so so so so si si si si sb sb sb}", "cspace",
                     name_of(model, t->cspace), "cspace_guard_bits", (int)t->cspace_guard_bits,
                     "vspace", name_of(model, t->vspace), "ipc_frame",
                     name_of(model, t->ipc_frame), "ipc_vaddr", hex(t->ipc_vaddr), "entry",
                     hex(t->entry), "stack_top", hex(t->stack_top), "sched_context",
                     name_of(model, t->sched_context), "bound_notification",
                     name_of(model, t->bound_notification), "fault_endpoint",
                     name_of(model, t->fault_endpoint), "fault_badge", hex(t->fault_badge),
                     "priority", (int)t->priority, "max_priority", (int)t->max_priority,
                     "domain", (int)t->domain, "core", (int)t->core, "fpu", t->has_fpu,
                     "passive", t->is_passive, "started", t->is_started);
}

static json_t *contents_of(const struct sk_model_object *o)
{
    static const char *const source[] = {
        [SK_MODEL_ZERO] = "zero",
        [SK_MODEL_HANDED_OVER] = "handed over",
        [SK_MODEL_COPIED] = "copied",
    };

    return json_pack("{ss sI sb}", "source", o->is_device ? "device" : source[o->source],
                     "bytes", (json_int_t)(o->source == SK_MODEL_ZERO ? 0 : o->contents.size),
                     "shared", o->is_shared_read_only);
}

/* What only objects of that kind have. */
static void add_details(const struct sk_model *model, const struct sk_model_object *o,
                        json_t *object)
{
    switch (o->kind) {
    case SK_MODEL_TCB:
        json_object_set_new(object, "thread", thread_of(model, &o->thread));
        break;
    case SK_MODEL_SCHED_CONTEXT:
        json_object_set_new(object, "budget_us", json_integer((json_int_t)o->budget.budget_us));
        json_object_set_new(object, "period_us", json_integer((json_int_t)o->budget.period_us));
        json_object_set_new(object, "badge", hex(o->budget.badge));
        json_object_set_new(object, "core", json_integer(o->budget.core));
        break;
    case SK_MODEL_FRAME:
        json_object_set_new(object, "contents", contents_of(o));
        break;
    case SK_MODEL_IRQ_HANDLER:
        json_object_set_new(object, "irq", json_integer(o->irq.number));
        json_object_set_new(object, "trigger",
                            json_string(o->irq.is_edge_triggered ? "edge" : "level"));
        json_object_set_new(object, "notification", name_of(model, o->irq.notification));
        json_object_set_new(object, "badge", hex(o->irq.badge));
        break;
    default:
        break;
    }
}

static json_t *objects(const struct sk_model *model)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < model->object_count; i++) {
        const struct sk_model_object *o = &model->object[i];
        json_t *object = json_pack(
            "{ss ss sI si so? ss?}", "name", o->name, "kind", sk_model_kind_name(o->kind),
            "count", (json_int_t)o->count, "size_bits", (int)o->size_bits, "paddr",
            o->paddr == SK_MODEL_ANYWHERE ? NULL : hex(o->paddr), "domain",
            o->domain == SK_MODEL_NONE ? NULL : model->domain[o->domain].name);
        add_details(model, o, object);
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *caps(const struct sk_model *model)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < model->cap_count; i++) {
        const struct sk_model_cap *c = &model->cap[i];
        json_array_append_new(
            list,
            json_pack("{so sI so sI so so si ss?}", "cnode", name_of(model, c->cnode), "slot",
                      (json_int_t)c->slot, "object", name_of(model, c->object), "index",
                      (json_int_t)c->index, "rights", rights_of(c->rights), "badge",
                      hex(c->badge), "guard_bits", (int)c->guard_bits, "purpose", c->purpose));
    }
    return list;
}

static json_t *mappings(const struct sk_model *model)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < model->mapping_count; i++) {
        const struct sk_model_mapping *m = &model->mapping[i];
        json_array_append_new(
            list, json_pack("{so so sI sI so si so sb sb}", "vspace", name_of(model, m->vspace),
                            "object", name_of(model, m->object), "first", (json_int_t)m->first,
                            "count", (json_int_t)m->count, "vaddr", hex(m->vaddr), "level",
                            (int)m->level, "rights", rights_of(m->rights), "execute",
                            m->is_executable, "uncached", m->is_uncached));
    }
    return list;
}

static json_t *handovers(const struct sk_model *model)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < model->handover_count; i++) {
        const struct sk_model_handover *h = &model->handover[i];
        json_array_append_new(
            list, json_pack("{so sI sI ss sb so so}", "cnode", name_of(model, h->cnode), "slot",
                            (json_int_t)h->slot, "slots", (json_int_t)h->slot_count, "what",
                            h->is_image_frames ? "image frames" : "untyped", "devices",
                            h->takes_devices, "size", hex(h->size), "info_frame",
                            name_of(model, h->info_frame)));
    }
    return list;
}

static json_t *schedule(const struct sk_model *model)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < model->turn_count; i++) {
        const struct sk_model_turn *t = &model->turn[i];
        json_array_append_new(list, json_pack("{si sI ss}", "domain", (int)t->domain,
                                              "duration", (json_int_t)t->duration, "unit",
                                              t->is_ticks ? "ticks" : "us"));
    }
    return list;
}

static json_t *domains(const struct sk_model *model)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < model->domain_count; i++) {
        const struct sk_model_domain *d = &model->domain[i];
        json_array_append_new(list, json_pack("{ss so so so}", "name", d->name, "tcb",
                                              name_of(model, d->tcb), "cnode",
                                              name_of(model, d->cnode), "vspace",
                                              name_of(model, d->vspace)));
    }
    return list;
}

json_t *sk_model_json(const struct sk_model *model)
{
    return json_pack("{si so so so so so so}", "version", 1, "domains", domains(model),
                     "objects", objects(model), "capabilities", caps(model), "mappings",
                     mappings(model), "handovers", handovers(model), "schedule",
                     schedule(model));
}

bool sk_model_write_json(const struct sk_model *model, FILE *out)
{
    json_t *root = sk_model_json(model);
    bool is_written = root != NULL && json_dumpf(root, out, JSON_INDENT(2)) == 0;

    json_decref(root);
    fputc('\n', out);
    return is_written && ferror(out) == 0;
}
