/* SPDX-License-Identifier: BSD-2-Clause */
#include "emit.h"

#include <inttypes.h>

static const struct {
    const char *name;
    uint8_t bit;
} rights[] = {
    {"read", SK_MODEL_READ},
    {"write", SK_MODEL_WRITE},
    {"grant", SK_MODEL_GRANT},
    {"grant_reply", SK_MODEL_GRANT_REPLY},
};

/* The name of a kind as an identifier: "scheduling context" has a blank. */
static void write_kind(enum sk_model_kind kind, FILE *out)
{
    fputs("CapKind_", out);
    for (const char *c = sk_model_kind_name(kind); *c != '\0'; c++) {
        fputc(*c == ' ' || *c == '-' ? '_' : *c, out);
    }
    fputs("()", out);
}

static bool is_of(const struct sk_model *model, uint32_t i, uint32_t domain)
{
    return model->cap[i].cnode == model->domain[domain].cnode;
}

static void write_kinds(FILE *out)
{
    fputs("domain CapKind {\n    unique function CapKind_none(): CapKind\n", out);
    for (int kind = SK_MODEL_ENDPOINT; kind <= SK_MODEL_IRQ_HANDLER; kind++) {
        fputs("    unique function ", out);
        write_kind((enum sk_model_kind)kind, out);
        fputs(": CapKind\n", out);
    }
    fputs("}\n\n", out);
}

/* Each object once, numbered as in the model, in whose other forms it has a name. */
static void write_objects(const struct sk_model *model, uint32_t domain, FILE *out)
{
    fputs("domain CapObject {\n    unique function CapObject_none(): CapObject\n", out);
    for (uint32_t object = 0; object < model->object_count; object++) {
        for (uint32_t i = 0; i < model->cap_count; i++) {
            if (is_of(model, i, domain) && model->cap[i].object == object) {
                fprintf(out, "    unique function CapObject_%" PRIu32 "(): CapObject // %s\n",
                        object, model->object[object].name);
                break;
            }
        }
    }
    fputs("}\n\n", out);
}

static void write_right(const struct sk_model *model, uint32_t domain, unsigned right,
                        FILE *out)
{
    fprintf(out, "function cap_can_%s(slot: Int): Bool {\n", rights[right].name);
    for (uint32_t i = 0; i < model->cap_count; i++) {
        if (is_of(model, i, domain) && (model->cap[i].rights & rights[right].bit) != 0) {
            fprintf(out, "    slot == %" PRIu32 " ||\n", model->cap[i].slot);
        }
    }
    fputs("    false\n}\n\n", out);
}

bool sk_model_write_viper(const struct sk_model *model, uint32_t domain, FILE *out)
{
    fprintf(out, "// What lies in the slots of domain %s.\n\n", model->domain[domain].name);
    write_kinds(out);
    write_objects(model, domain, out);

    fputs("function cap_kind(slot: Int): CapKind {\n", out);
    for (uint32_t i = 0; i < model->cap_count; i++) {
        if (is_of(model, i, domain)) {
            fprintf(out, "    slot == %" PRIu32 " ? ", model->cap[i].slot);
            write_kind(model->object[model->cap[i].object].kind, out);
            fputs(" :\n", out);
        }
    }
    fputs("    CapKind_none()\n}\n\nfunction cap_object(slot: Int): CapObject {\n", out);
    for (uint32_t i = 0; i < model->cap_count; i++) {
        if (is_of(model, i, domain)) {
            fprintf(out, "    slot == %" PRIu32 " ? CapObject_%" PRIu32 "() :\n",
                    model->cap[i].slot, model->cap[i].object);
        }
    }
    fputs("    CapObject_none()\n}\n\nfunction cap_badge(slot: Int): Int {\n", out);
    for (uint32_t i = 0; i < model->cap_count; i++) {
        if (is_of(model, i, domain) && model->cap[i].badge != 0) {
            fprintf(out, "    slot == %" PRIu32 " ? %" PRIu64 " :\n", model->cap[i].slot,
                    model->cap[i].badge);
        }
    }
    fputs("    0\n}\n\n", out);
    for (unsigned right = 0; right < sizeof(rights) / sizeof(rights[0]); right++) {
        write_right(model, domain, right, out);
    }
    return fflush(out) == 0 && ferror(out) == 0;
}
