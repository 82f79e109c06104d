/* SPDX-License-Identifier: BSD-2-Clause */
#include "emit.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct header_out {
    const struct gen *g;
    const struct header *header;
    struct text *out;
    bool is_after_include;
    bool has_bits; /* the bit-packed types were written already */
};

static void end_includes(struct header_out *h)
{
    if (h->is_after_include) {
        text_adds(h->out, "\n");
        h->is_after_include = false;
    }
}

static void emit_constant(const struct gen *g, const struct xml_node *n, struct text *out)
{
    const char *params = xml_attr(n, "params");
    emit_comment(out, 0, xml_attr(n, "brief"), n->at);
    size_t start = out->length;
    text_addf(out, "#define %s", xml_need(g->arena, n, "name"));
    if (params != NULL) {
        text_addf(out, "(%s)", params);
    }
    const char *value = xml_need(g->arena, n, "value");
    bool is_long = out->length - start + 1 + strlen(value) > COLUMNS;
    text_addf(out, "%s%s\n\n", *value == '\0' ? "" : is_long ? " \\\n    " : " ", value);
}

static void emit_enum(const struct gen *g, const struct xml_node *n, struct text *out)
{
    static const char *const allowed[] = {"condition", "value"};
    const char *name = xml_attr(n, "name");
    const char *tag = xml_attr(n, "tag");
    emit_comment(out, 0, xml_attr(n, "brief"), n->at);
    text_addf(out, "%senum %s%s{\n", name == NULL ? "" : "typedef ", tag == NULL ? "" : tag,
              tag == NULL ? "" : " ");
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (!str_equal(e->name, "value") && !str_equal(e->name, "condition")) {
            xml_unexpected(g->arena, e, allowed, COUNT(allowed));
        }
        if (str_equal(e->name, "condition") || !condition_holds(g->arena, g->config, e)) {
            continue;
        }
        const char *value = xml_attr(e, "value");
        xml_allow(g->arena, e, "name value size_bits brief");
        emit_comment(out, 4, xml_attr(e, "brief"), (struct place){0});
        text_addf(out, "    %s%s%s,\n", xml_need(g->arena, e, "name"),
                  value == NULL ? "" : " = ", value == NULL ? "" : value);
    }
    if (xml_flag(n, "long")) {
        text_addf(out, "    SEL4_FORCE_LONG_ENUM(%s),\n", xml_need(g->arena, n, "name"));
    }
    text_addf(out, "}%s%s;\n\n", name == NULL ? "" : " ", name == NULL ? "" : name);
}

static void emit_member(const struct gen *g, const struct xml_node *e, int indent,
                        struct text *out)
{
    if (!condition_holds(g->arena, g->config, e)) {
        return;
    }
    const char *name = xml_attr(e, "name");
    emit_comment(out, indent, xml_attr(e, "brief"), (struct place){0});
    if (str_equal(e->name, "member")) {
        xml_allow(g->arena, e, "name type count bits brief");
        const char *count = xml_attr(e, "count");
        const char *bits = xml_attr(e, "bits");
        const char *type = xml_need(g->arena, e, "type");
        size_t length = strlen(type);
        bool is_pointer = length > 0 && type[length - 1] == '*';
        text_addf(out, "%*s%s%s%s", indent, "", type, is_pointer ? "" : " ",
                  xml_need(g->arena, e, "name"));
        text_addf(out, "%s%s%s", count == NULL ? "" : "[", count == NULL ? "" : count,
                  count == NULL ? "" : "]");
        text_addf(out, "%s%s;\n", bits == NULL ? "" : " : ", bits == NULL ? "" : bits);
        return;
    }
    static const char *const allowed[] = {"condition", "member", "struct", "union"};
    if (!str_equal(e->name, "struct") && !str_equal(e->name, "union")) {
        xml_unexpected(g->arena, e, allowed, COUNT(allowed));
    }
    text_addf(out, "%*s%s {\n", indent, "", e->name);
    for (const struct xml_node *m = xml_first(e); m != NULL; m = xml_next(m)) {
        if (!str_equal(m->name, "condition")) {
            emit_member(g, m, indent + 4, out);
        }
    }
    text_addf(out, "%*s}%s%s;\n", indent, "", name == NULL ? "" : " ",
              name == NULL ? "" : name);
}

static void emit_struct(const struct gen *g, const struct xml_node *n, struct text *out)
{
    const char *kind = xml_attr(n, "kind");
    const char *tag = xml_attr(n, "tag");
    const char *name = xml_need(g->arena, n, "name");
    const char *attribute = xml_attr(n, "attribute");
    emit_comment(out, 0, xml_attr(n, "brief"), n->at);
    text_addf(out, "typedef %s %s%s{\n", kind == NULL ? "struct" : kind, tag == NULL ? "" : tag,
              tag == NULL ? "" : " ");
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (!str_equal(e->name, "condition")) {
            emit_member(g, e, 4, out);
        }
    }
    text_adds(out, "}");
    if (attribute != NULL && xml_flag(n, "attribute_first")) {
        text_addf(out, " %s", attribute);
        attribute = NULL;
    }
    text_addf(out, " %s%s%s;\n\n", name, attribute == NULL ? "" : " ",
              attribute == NULL ? "" : attribute);
}

static void emit_type(const struct gen *g, const struct xml_node *n, struct text *out)
{
    const char *attribute = xml_attr(n, "attribute");
    emit_comment(out, 0, xml_attr(n, "brief"), n->at);
    text_addf(out, "typedef %s %s%s%s;\n\n", xml_need(g->arena, n, "as"),
              xml_need(g->arena, n, "name"), attribute == NULL ? "" : " ",
              attribute == NULL ? "" : attribute);
}

static void emit_assert(const struct gen *g, const struct xml_node *n, struct text *out)
{
    emit_comment(out, 0, NULL, n->at);
    text_addf(out, "SEL4_COMPILE_ASSERT(%s,\n                    %s)\n\n",
              xml_need(g->arena, n, "name"), xml_need(g->arena, n, "expr"));
}

static const struct {
    const char *element;
    const char *attributes;
    void (*emit)(const struct gen *g, const struct xml_node *item, struct text *out);
} items[] = {
    {"assert", "name expr", emit_assert},
    {"api_structs", "part", emit_api_structs},
    {"block", "name brief", NULL},
    {"code", NULL, emit_code},
    {"config", "symbols", emit_config_macros},
    {"constant", "name params value brief", emit_constant},
    {"enum", "name tag long brief", emit_enum},
    {"fault_decoder", "union function only except otherwise brief", emit_fault_decoder},
    {"include", "path", NULL},
    {"labels", "part tag end brief", emit_labels},
    {"struct", "name tag kind attribute attribute_first brief", emit_struct},
    {"stubs", "", emit_stubs},
    {"syscall_numbers", "", emit_syscall_numbers},
    {"type", "name as attribute brief", emit_type},
    {"union", "name tag brief", NULL},
};

static void emit_item(void *user, const struct xml_node *n)
{
    struct header_out *h = user;
    const struct gen *g = h->g;
    const char *names[COUNT(items)];
    size_t i = 0;
    while (i < COUNT(items) && !str_equal(items[i].element, n->name)) {
        names[i] = items[i].element;
        i++;
    }
    if (i == COUNT(items)) {
        xml_unexpected(g->arena, n, names, COUNT(items));
    }
    if (items[i].attributes != NULL) {
        xml_allow(g->arena, n, items[i].attributes);
    }
    if (str_equal(n->name, "include")) {
        text_addf(h->out, "#include <%s>\n", xml_need(g->arena, n, "path"));
        h->is_after_include = true;
        return;
    }
    end_includes(h);
    if (items[i].emit != NULL) {
        items[i].emit(g, n, h->out);
    } else if (!h->has_bits) {
        emit_bits(g, &h->header->bits, h->out);
        h->has_bits = true;
    }
}

/* Headers that make up the CONFIG_ macros cannot include the one that gathers them. */
static bool is_config_header(const struct header *h)
{
    return str_equal(h->path, "autoconf.h") || str_equal(h->path, "sel4/config.h") ||
           str_equal(h->path, "sel4/gen_config.h") || str_equal(h->path, "kernel/gen_config.h");
}

void emit_header(const struct gen *g, const struct header *h, struct text *out)
{
    struct header_out state = {.g = g, .header = h, .out = out};
    const char *brief = xml_attr(h->pieces->node, "brief");
    emit_top(out, brief == NULL ? h->path : brief);
    if (!is_config_header(h)) {
        text_adds(out, "#include <sel4/config.h>\n");
        state.is_after_include = true;
    }
    idl_each_item(g->idl, h, emit_item, &state);
    while (out->length >= 2 && out->data[out->length - 1] == '\n' &&
           out->data[out->length - 2] == '\n') {
        out->data[--out->length] = '\0';
    }
}
