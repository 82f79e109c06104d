/*
 * One C function per invocation.
 *
 * Arguments are laid out one after the other: each is aligned to its own size and none
 * crosses a word, so that small ones share a word; capabilities go into the message's
 * capability slots instead; a structure takes a word per member. Words 0 to 3 travel in
 * registers and the others in the IPC buffer.
 *
 * A structure that follows a parameter named count is copied only as far as count says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "emit.h"

#include <string.h>

/* A message's limits are part of the kernel's ABI on every architecture. */
enum { WORD_BITS = 64, REGISTERS = 4, MOST_WORDS = 120, MOST_CAPS = 3 };

/* The next free bit of a message. */
struct cursor {
    unsigned bit;
};

static unsigned take_bits(struct cursor *c, unsigned bits)
{
    unsigned align = bits < WORD_BITS ? bits : WORD_BITS;
    unsigned at = (c->bit + align - 1) / align * align;
    c->bit = at + bits;
    return at;
}

static unsigned words_of(const struct cursor *c)
{
    return (c->bit + WORD_BITS - 1) / WORD_BITS;
}

static bool is_counted(const struct api_method *m, const struct type *type)
{
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        if (!p->is_out && str_equal(p->name, "count") && str_equal(p->type, "seL4_Word")) {
            return type->kind == TYPE_STRUCT;
        }
    }
    return false;
}

static unsigned size_of(const struct type *type)
{
    return type->kind == TYPE_STRUCT ? (unsigned)type->member_count * WORD_BITS : type->bits;
}

/* A structure begins at a word of its own. */
static unsigned place_param(struct cursor *c, const struct type *type)
{
    if (type->kind == TYPE_STRUCT) {
        c->bit = words_of(c) * WORD_BITS;
        unsigned at = c->bit;
        c->bit += size_of(type);
        return at;
    }
    return take_bits(c, type->bits);
}

struct layout layout_of(const struct gen *g, const struct api_method *m)
{
    struct layout layout = {0};
    struct cursor in = {0};
    struct cursor out = {0};
    unsigned fixed = 0;
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        struct type type = idl_type(g->idl, p->type, p->node->at);
        if (!p->is_out && type.is_cap) {
            layout.caps++;
            continue;
        }
        if (is_counted(m, &type)) {
            layout.count = "count";
            fixed = fixed == 0 ? words_of(&in) : fixed;
        }
        place_param(p->is_out ? &out : &in, &type);
    }
    layout.in_words = words_of(&in);
    layout.fixed_words = layout.count == NULL || fixed == 0 ? layout.in_words : fixed;
    layout.out_words = words_of(&out);
    if (layout.in_words > MOST_WORDS || layout.out_words > MOST_WORDS ||
        layout.caps > MOST_CAPS) {
        refuse(m->node->at, "take some parameters away",
               "'%s' sends %u words and %u capabilities and gets %u words; a message has at "
               "most %d and %d",
               m->id, layout.in_words, layout.caps, layout.out_words, MOST_WORDS, MOST_CAPS);
    }
    return layout;
}

const char *emit_return_type(const struct gen *g, const struct api_method *m)
{
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        if (p->is_out && idl_type(g->idl, p->type, p->node->at).kind != TYPE_STRUCT) {
            return arena_printf(g->arena, "%s_%s_t", m->interface->name, m->name);
        }
    }
    return "seL4_Error";
}

static bool has_result(const struct gen *g, const struct api_method *m)
{
    return !str_equal(emit_return_type(g, m), "seL4_Error");
}

void emit_prototype(const struct gen *g, const struct api_method *m, const char *start,
                    struct text *out)
{
    size_t before = out->length;
    text_addf(out, "%s%s %s_%s(", start, emit_return_type(g, m), m->interface->name, m->name);
    size_t indent = out->length - before < 60 ? out->length - before : 8;
    text_addf(out, "%s _service", m->interface->name);
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        struct type type = idl_type(g->idl, p->type, p->node->at);
        if (p->is_out && type.kind != TYPE_STRUCT) {
            continue;
        }
        text_adds(out, ",");
        emit_filled(out,
                    arena_printf(g->arena, " %s %s%s", p->type,
                                 type.kind == TYPE_STRUCT ? "*" : "", p->name),
                    indent);
    }
    text_adds(out, ")");
}

static void emit_stub_comment(const struct gen *g, const struct api_method *m, struct text *out)
{
    text_adds(out, "/*\n");
    const char *brief = api_sentence(g->arena, m);
    emit_wrapped(out, " * ", brief);
    text_adds(out, " *\n");
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        const char *what = api_description(g->arena, p->node, false);
        emit_wrapped(out, " * ", arena_printf(g->arena, "%s: %s", p->name, what));
    }
    text_adds(out, m->params == NULL ? "" : " *\n");
    for (const struct api_error *e = m->errors; e != NULL; e = e->next) {
        const char *what = api_description(g->arena, e->node, false);
        emit_wrapped(out, " * ", arena_printf(g->arena, "%s: %s", e->name, what));
    }
    text_adds(out, m->errors == NULL ? " * " : " *\n * ");
    emit_place(out, m->node->at);
    text_adds(out, "\n */\n");
}

static const char *masked(const struct gen *g, const struct api_param *p, const struct type *t)
{
    if (t->kind == TYPE_BLOCK) {
        return arena_printf(g->arena, "%s.words[0]", p->name);
    }
    if (t->bits == WORD_BITS) {
        return p->name;
    }
    return arena_printf(g->arena, "(%s & 0x%llxull)", p->name, (1ull << t->bits) - 1);
}

/* The expressions of the fixed input words, NULL where a word is empty. */
static const char **in_words(const struct gen *g, const struct api_method *m, unsigned count)
{
    const char **words = arena_take(g->arena, (count + REGISTERS) * sizeof(words[0]));
    struct cursor cursor = {0};
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        struct type type = idl_type(g->idl, p->type, p->node->at);
        if (p->is_out || type.is_cap) {
            continue;
        }
        unsigned at = place_param(&cursor, &type);
        unsigned word = at / WORD_BITS;
        if (type.kind == TYPE_STRUCT) {
            for (size_t i = 0; i < type.member_count && word + i < count; i++) {
                words[word + i] = arena_printf(g->arena, "%s->%s", p->name, type.members[i]);
            }
            continue;
        }
        const char *value = masked(g, p, &type);
        if (at % WORD_BITS != 0) {
            value = arena_printf(g->arena, "(%s << %u)", value, at % WORD_BITS);
        }
        words[word] = words[word] == NULL
                          ? value
                          : arena_printf(g->arena, "%s |\n        %s", words[word], value);
    }
    return words;
}

static const struct api_param *counted_param(const struct gen *g, const struct api_method *m,
                                             bool is_out, struct type *ret_type)
{
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        *ret_type = idl_type(g->idl, p->type, p->node->at);
        if (p->is_out == is_out && is_counted(m, ret_type)) {
            return p;
        }
    }
    return NULL;
}

static void emit_inputs(const struct gen *g, const struct api_method *m,
                        const struct layout *layout, struct text *out)
{
    unsigned cap = 0;
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        if (!p->is_out && idl_type(g->idl, p->type, p->node->at).is_cap) {
            text_addf(out, "    seL4_SetCap(%u, %s);\n", cap++, p->name);
        }
    }
    struct type type;
    const struct api_param *counted = counted_param(g, m, false, &type);
    const char **words = in_words(g, m, layout->in_words);
    unsigned end = counted == NULL ? layout->in_words : REGISTERS;
    for (unsigned i = 0; i < REGISTERS; i++) {
        text_addf(out, "    seL4_Word mr%u = %s;\n", i, words[i] == NULL ? "0" : words[i]);
    }
    for (unsigned i = REGISTERS; i < end; i++) {
        text_addf(out, "    seL4_SetMR(%u, %s);\n", i, words[i] == NULL ? "0" : words[i]);
    }
    if (counted != NULL && layout->fixed_words < REGISTERS) {
        unsigned skipped = REGISTERS - layout->fixed_words;
        text_addf(out, "    for (seL4_Word i = %u; i < count && i < %zu; i++) {\n", skipped,
                  type.member_count);
        text_addf(out,
                  "        seL4_SetMR((int)(i + %u), ((const seL4_Word *)%s)[i]);\n    }\n",
                  layout->fixed_words, counted->name);
    }
}

static const char *word_name(const struct gen *g, unsigned word)
{
    return arena_printf(g->arena, word < REGISTERS ? "mr%u" : "seL4_GetMR(%u)", word);
}

static void emit_outputs(const struct gen *g, const struct api_method *m, struct text *out)
{
    struct cursor cursor = {0};
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        if (!p->is_out) {
            continue;
        }
        struct type type = idl_type(g->idl, p->type, p->node->at);
        unsigned at = place_param(&cursor, &type);
        unsigned word = at / WORD_BITS;
        if (type.kind == TYPE_INTEGER) {
            const char *shifted = word_name(g, word);
            if (at % WORD_BITS != 0) {
                shifted = arena_printf(g->arena, "(%s >> %u)", shifted, at % WORD_BITS);
            }
            text_addf(out, "    result.%s = ", p->name);
            text_addf(out, type.bits == WORD_BITS ? "%s;\n" : "(%s & 0x%llxull);\n", shifted,
                      (1ull << (type.bits % WORD_BITS)) - 1);
            continue;
        }
        bool is_short = is_counted(m, &type);
        for (unsigned i = 0; i < type.member_count && (!is_short || word + i < REGISTERS);
             i++) {
            text_addf(out, "    %s->%s = %s;\n", p->name, type.members[i],
                      word_name(g, word + i));
        }
        if (is_short) {
            text_addf(out, "    for (seL4_Word i = %d; i < count && i < %zu; i++) {\n",
                      REGISTERS, type.member_count);
            text_addf(out, "        ((seL4_Word *)%s)[i] = seL4_GetMR((int)i);\n    }\n",
                      p->name);
        }
    }
}

static void emit_on_error(const struct gen *g, struct text *out)
{
    for (int i = 0; i < REGISTERS; i++) {
        text_addf(out, "        seL4_SetMR(%d, mr%d);\n", i, i);
    }
    if (config_is_on(g->config, "KERNEL_INVOCATION_REPORT_ERROR_IPC")) {
        text_adds(out, "        if (seL4_CanPrintError()) {\n"
                       "            seL4_DebugPutString(seL4_GetDebugError());\n        }\n");
    }
}

static void emit_stub(const struct gen *g, const struct api_method *m, struct text *out)
{
    struct layout layout = layout_of(g, m);
    bool is_struct = has_result(g, m);
    emit_stub_comment(g, m, out);
    emit_prototype(g, m, "LIBSEL4_INLINE ", out);
    text_adds(out, "\n{\n");
    emit_inputs(g, m, &layout, out);
    text_addf(out,
              "    seL4_MessageInfo_t tag =\n"
              "        seL4_CallWithMRs(_service, seL4_MessageInfo_new(%s, 0, %u, %u),\n"
              "                         &mr0, &mr1, &mr2, &mr3);\n",
              m->id, layout.caps, layout.in_words);
    if (is_struct) {
        text_addf(out, "    %s result;\n", emit_return_type(g, m));
        text_adds(out, "    result.error = (int)seL4_MessageInfo_get_label(tag);\n"
                       "    if (result.error != seL4_NoError) {\n");
    } else {
        text_adds(out, "    seL4_Error result = (seL4_Error)seL4_MessageInfo_get_label(tag);\n"
                       "    if (result != seL4_NoError) {\n");
    }
    emit_on_error(g, out);
    text_adds(out, layout.out_words == 0 ? "    }\n" : "        return result;\n    }\n");
    emit_outputs(g, m, out);
    text_adds(out, "    return result;\n}\n\n");
}

static void emit_result_type(const struct gen *g, const struct api_method *m, struct text *out)
{
    text_addf(out, "struct %s_%s {\n    int error;\n", m->interface->name, m->name);
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        if (p->is_out && idl_type(g->idl, p->type, p->node->at).kind != TYPE_STRUCT) {
            text_addf(out, "    %s %s;\n", p->type, p->name);
        }
    }
    text_addf(out, "};\ntypedef struct %s_%s %s;\n\n", m->interface->name, m->name,
              emit_return_type(g, m));
}

/* The same method may be described twice, for two configurations: one type suffices. */
static bool is_described_before(const struct api_method *m)
{
    for (const struct api_method *o = m->interface->methods; o != m; o = o->next) {
        if (str_equal(o->name, m->name)) {
            return true;
        }
    }
    return false;
}

static void each_method(const struct gen *g, struct text *out,
                        void (*visit)(const struct gen *g, const struct api_method *m,
                                      struct text *out))
{
    static const enum api_part_id order[] = {API_SEL4_ARCH, API_ARCH, API_GENERIC};
    for (int part = 0; part < API_PART_COUNT; part++) {
        const struct api_part *p = &g->idl->api.parts[order[part]];
        for (const struct api_interface *i = p->interfaces; i != NULL; i = i->next) {
            for (const struct api_method *m = i->methods; m != NULL; m = m->next) {
                visit(g, m, out);
            }
        }
    }
}

static void visit_result(const struct gen *g, const struct api_method *m, struct text *out)
{
    if (has_result(g, m) && !is_described_before(m)) {
        emit_result_type(g, m, out);
    }
}

static void visit_stub(const struct gen *g, const struct api_method *m, struct text *out)
{
    if (m->is_wanted) {
        emit_stub(g, m, out);
    }
}

void emit_stubs(const struct gen *g, const struct xml_node *item, struct text *out)
{
    emit_comment(out, 0, "What invocations return that give more than an error.", item->at);
    text_adds(out, "\n");
    each_method(g, out, visit_result);
    each_method(g, out, visit_stub);
}
