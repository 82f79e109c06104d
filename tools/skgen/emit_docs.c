/*
 * The reference in Markdown: a page per object, and an index.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "typed.h"

#include <string.h>

static void put_manual_name(const struct api_interface *i, struct text *out)
{
    const char *name = xml_attr(i->node, "manual_name");
    text_adds(out, name == NULL ? api_object_name(i) : name);
}

/* A cell of a table: '|' would end it. */
static void put_cell(struct text *out, const char *s)
{
    for (; *s != '\0'; s++) {
        text_adds(out, *s == '|' ? "\\" : "");
        text_add(out, *s == '\n' ? " " : s, 1);
    }
}

static void put_params(const struct gen *g, const struct api_method *m, struct text *out)
{
    text_adds(out, "| Parameter | Direction | Type | Meaning |\n| --- | --- | --- | --- |\n");
    const char *service = xml_attr(m->interface->node, "cap_description");
    const struct xml_node *more = xml_child(m->node, "cap_param");
    const char *append = more == NULL ? NULL : xml_attr(more, "append_description");
    text_addf(out, "| `_service` | in | `%s` | ", m->interface->name);
    put_cell(out, service == NULL ? "" : service);
    put_cell(out, append == NULL ? "" : append);
    text_adds(out, " |\n");
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        text_addf(out, "| `%s` | %s | `%s` | ", p->name, p->is_out ? "out" : "in", p->type);
        put_cell(out, api_description(g->arena, p->node, true));
        text_adds(out, " |\n");
    }
    text_adds(out, "\n");
}

static void put_errors(const struct gen *g, const struct api_method *m, struct text *out)
{
    if (m->errors == NULL) {
        return;
    }
    text_adds(out, "| Error | When |\n| --- | --- |\n");
    for (const struct api_error *e = m->errors; e != NULL; e = e->next) {
        text_addf(out, "| `%s` | ", e->name);
        put_cell(out, api_description(g->arena, e->node, true));
        text_adds(out, " |\n");
    }
    text_adds(out, "\n");
}

static void put_method(const struct gen *g, const struct typed *typed,
                       const struct api_method *m, struct text *out)
{
    const char *words = condition_words(g->arena, m->node);
    text_addf(out, "## %s\n\n", m->name);
    if (words != NULL) {
        text_addf(out, "_Only with %s.%s_\n\n", words,
                  m->is_wanted ? "" : " Not in this kernel.");
    }
    text_addf(out, "%s\n\n", api_sentence(g->arena, m));
    if (m->is_wanted) {
        struct layout layout = layout_of(g, m);
        text_adds(out, "```c\n");
        emit_prototype(g, m, "", out);
        text_adds(out, ";\n");
        emit_typed_prototypes(g, typed, m, out);
        text_addf(out, "```\n\nLabel %d (`%s`): %u message word%s, %u capabilit%s.\n\n",
                  m->label, m->id, layout.in_words, layout.in_words == 1 ? "" : "s",
                  layout.caps, layout.caps == 1 ? "y" : "ies");
    }
    const char *description = api_description(g->arena, m->node, true);
    if (*description != '\0') {
        text_addf(out, "%s\n\n", description);
    }
    put_params(g, m, out);
    put_errors(g, m, out);
    text_adds(out, "Source: `");
    emit_place(out, m->node->at);
    text_adds(out, "`\n\n");
}

static const char *page_name(const struct gen *g, const struct api_interface *i)
{
    return arena_printf(g->arena, "%s.md", api_object_name(i));
}

static const struct api_interface *find_page(const struct gen *g, const char *name)
{
    for (int part = 0; part < API_PART_COUNT; part++) {
        const struct api_interface *i = g->idl->api.parts[part].interfaces;
        for (; i != NULL; i = i->next) {
            if (str_equal(api_object_name(i), name)) {
                return i;
            }
        }
    }
    return NULL;
}

/* Several files may describe one object; its page has the methods of all of them. */
static void write_page(const struct gen *g, const struct typed *typed,
                       const struct api_interface *first)
{
    struct text out = {0};
    const char *name = api_object_name(first);
    const char *cap = xml_attr(first->node, "cap_description");
    if (find_page(g, name) != first) {
        return;
    }
    text_adds(&out, "# ");
    put_manual_name(first, &out);
    text_addf(&out, "\n\n`%s`%s%s\n\n", first->name, cap == NULL ? "" : ": ",
              cap == NULL ? "" : cap);
    for (int part = 0; part < API_PART_COUNT; part++) {
        const struct api_interface *i = g->idl->api.parts[part].interfaces;
        for (; i != NULL; i = i->next) {
            if (!str_equal(api_object_name(i), name)) {
                continue;
            }
            for (const struct api_method *m = i->methods; m != NULL; m = m->next) {
                put_method(g, typed, m, &out);
            }
        }
    }
    while (out.length >= 2 && out.data[out.length - 2] == '\n') {
        out.data[--out.length] = '\0';
    }
    out_add(g->arena, g->outputs, g->docs, page_name(g, first), out.data, out.length);
    text_fini(&out);
}

static void put_index(const struct gen *g, const struct api_part *part, const char *title,
                      struct text *out)
{
    text_addf(out, "## %s\n\n", title);
    for (const struct api_interface *i = part->interfaces; i != NULL; i = i->next) {
        text_adds(out, "- [");
        put_manual_name(i, out);
        text_addf(out, "](%s): ", page_name(g, i));
        bool is_first = true;
        for (const struct api_method *m = i->methods; m != NULL; m = m->next) {
            if (m->is_wanted) {
                text_addf(out, "%s%s", is_first ? "" : ", ", m->name);
                is_first = false;
            }
        }
        text_adds(out, is_first ? "nothing in this kernel\n" : "\n");
    }
    text_adds(out, "\n");
}

void emit_docs(const struct gen *g, const struct typed *typed)
{
    static const char *const titles[] = {"Everywhere", "This instruction set",
                                         "This family of instruction sets"};
    struct text out = {0};
    text_addf(&out,
              "# Objects and invocations\n\nGenerated for board `%s`, configuration `%s`.\n\n",
              g->board, g->config_name);
    for (int part = 0; part < API_PART_COUNT; part++) {
        put_index(g, &g->idl->api.parts[part], titles[part], &out);
        for (struct api_interface *i = g->idl->api.parts[part].interfaces; i != NULL;
             i = i->next) {
            write_page(g, typed, i);
        }
    }
    out.data[--out.length] = '\0';
    out_add(g->arena, g->outputs, g->docs, "README.md", out.data, out.length);
    text_fini(&out);
}
