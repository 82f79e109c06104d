/* SPDX-License-Identifier: BSD-2-Clause */
#include "emit.h"

#include <inttypes.h>

static const char *shape_of(enum sk_model_kind kind)
{
    switch (kind) {
    case SK_MODEL_TCB:
        return "box, style=bold";
    case SK_MODEL_FRAME:
    case SK_MODEL_PAGE_TABLE:
    case SK_MODEL_VSPACE:
        return "box";
    case SK_MODEL_ENDPOINT:
    case SK_MODEL_NOTIFICATION:
        return "ellipse";
    default:
        return "plain";
    }
}

static void write_text(const char *text, FILE *out)
{
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            fputc('\\', out);
        }
        fputc(*text, out);
    }
}

static void write_node(const struct sk_model *model, uint32_t i, FILE *out)
{
    const struct sk_model_object *o = &model->object[i];

    fprintf(out, "        o%" PRIu32 " [shape=%s, label=\"", i, shape_of(o->kind));
    write_text(o->name, out);
    fprintf(out, "\\n%s", sk_model_kind_name(o->kind));
    if (o->count > 1) {
        fprintf(out, " x %" PRIu32, o->count);
    }
    fprintf(out, "\"];\n");
}

/* The objects of one domain, or those of none, in a frame of their own. */
static void write_cluster(const struct sk_model *model, uint32_t domain, FILE *out)
{
    if (domain != SK_MODEL_NONE) {
        fprintf(out, "    subgraph cluster_%" PRIu32 " {\n        label=\"", domain);
        write_text(model->domain[domain].name, out);
        fprintf(out, "\";\n");
    } else {
        fprintf(out, "    {\n");
    }
    for (uint32_t i = 0; i < model->object_count; i++) {
        if (model->object[i].domain == domain && model->object[i].kind != SK_MODEL_PAGE_TABLE) {
            write_node(model, i, out);
        }
    }
    fprintf(out, "    }\n");
}

static void write_caps(const struct sk_model *model, FILE *out)
{
    for (uint32_t i = 0; i < model->cap_count; i++) {
        const struct sk_model_cap *c = &model->cap[i];
        fprintf(out, "    o%" PRIu32 " -> o%" PRIu32 " [label=\"%" PRIu32 ": %s%s%s%s",
                c->cnode, c->object, c->slot, c->rights & SK_MODEL_READ ? "r" : "",
                c->rights & SK_MODEL_WRITE ? "w" : "", c->rights & SK_MODEL_GRANT ? "g" : "",
                c->rights & SK_MODEL_GRANT_REPLY ? "p" : "");
        if (c->badge != 0) {
            fprintf(out, " badge 0x%" PRIx64, c->badge);
        }
        fprintf(out, "\"];\n");
    }
}

static void write_mappings(const struct sk_model *model, FILE *out)
{
    for (uint32_t i = 0; i < model->mapping_count; i++) {
        const struct sk_model_mapping *m = &model->mapping[i];
        if (m->level != 0) {
            continue;
        }
        fprintf(out,
                "    o%" PRIu32 " -> o%" PRIu32 " [style=dashed, label=\"0x%" PRIx64
                " %s%s%s\"];\n",
                m->vspace, m->object, m->vaddr, m->rights & SK_MODEL_READ ? "r" : "",
                m->rights & SK_MODEL_WRITE ? "w" : "", m->is_executable ? "x" : "");
    }
}

bool sk_model_write_dot(const struct sk_model *model, FILE *out)
{
    fprintf(out, "digraph system {\n    rankdir=LR;\n    node [fontsize=10];\n"
                 "    edge [fontsize=9];\n");
    for (uint32_t i = 0; i < model->domain_count; i++) {
        write_cluster(model, i, out);
    }
    write_cluster(model, SK_MODEL_NONE, out);
    for (uint32_t i = 0; i < model->object_count; i++) {
        const struct sk_model_object *o = &model->object[i];
        if (o->kind == SK_MODEL_TCB) {
            fprintf(out, "    o%" PRIu32 " -> o%" PRIu32 " [label=\"CSpace\"];\n", i,
                    o->thread.cspace);
            fprintf(out, "    o%" PRIu32 " -> o%" PRIu32 " [label=\"VSpace\"];\n", i,
                    o->thread.vspace);
        }
    }
    write_caps(model, out);
    write_mappings(model, out);
    fprintf(out, "}\n");
    return fflush(out) == 0 && ferror(out) == 0;
}
