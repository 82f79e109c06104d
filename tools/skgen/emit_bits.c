/*
 * Bit-packed types in C: a struct of words, and functions to make, read and change it.
 *
 *     TYPE_new, TYPE_ptr_new, TYPE_get_FIELD, TYPE_set_FIELD, TYPE_ptr_get_FIELD,
 *     TYPE_ptr_set_FIELD
 *
 * Values are masked to their field. Everything is a plain expression, so that a type
 * made of constants is a constant to the compiler.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "emit.h"

#include <string.h>

/* A block by itself, or as one case of a union: then functions take the union's type. */
struct shape {
    struct text *out;
    const struct bit_block *block;
    const char *type;      /* seL4_Fault, without _t */
    const char *stem;      /* seL4_Fault_VMFault: what function names begin with */
    const char *tag_field; /* NULL for a block by itself */
    const char *tag;       /* the tag's enumerator */
    unsigned word_bits;
};

static unsigned long long mask_of(unsigned bits)
{
    return bits >= 64 ? ~0ull : (1ull << bits) - 1;
}

static bool is_tag(const struct shape *s, const struct bit_field *f)
{
    return s->tag_field != NULL && str_equal(f->name, s->tag_field);
}

static void emit_field_params(const struct shape *s, bool is_first)
{
    struct text line = {0};
    const char *indent = "    ";
    for (const struct bit_field *f = s->block->fields; f != NULL; f = f->next) {
        if (f->name == NULL || is_tag(s, f)) {
            continue;
        }
        text_addf(&line, "%sseL4_Uint64 %s", is_first ? "" : ", ", f->name);
        is_first = false;
    }
    if (is_first) {
        text_adds(&line, "void");
    }
    if (line.length == 0) {
        return;
    }
    /* One line when it fits, else filled lines of their own. */
    const char *start = strrchr(s->out->data, '\n');
    size_t column = start == NULL ? s->out->length : strlen(start + 1);
    if (line.length + column + 1 <= COLUMNS) {
        text_add(s->out, line.data, line.length);
    } else {
        const char *rest = line.data;
        while (*rest != '\0') {
            const char *comma = strchr(rest, ',');
            size_t length = comma == NULL ? strlen(rest) : (size_t)(comma - rest) + 1;
            if (column + length + 1 > COLUMNS) {
                text_addf(s->out, "\n%s", indent);
                column = strlen(indent);
                rest += strspn(rest, " ");
                continue;
            }
            text_add(s->out, rest, length);
            column += length;
            rest += length;
        }
    }
    text_fini(&line);
}

static void emit_field_value(const struct shape *s, const struct bit_field *f)
{
    unsigned shift = f->offset % s->word_bits;
    const char *value = is_tag(s, f) ? s->tag : f->name;
    const char *cast = is_tag(s, f) ? "(seL4_Uint64)" : "";
    if (f->bits == s->word_bits) {
        text_addf(s->out, "%s%s", cast, value);
    } else if (shift == 0) {
        text_addf(s->out, "(%s%s & 0x%llxull)", cast, value, mask_of(f->bits));
    } else {
        text_addf(s->out, "(%s%s & 0x%llxull) << %u", cast, value, mask_of(f->bits), shift);
    }
}

static void emit_words(const struct shape *s, const char *target)
{
    for (unsigned word = 0; word < s->block->bits / s->word_bits; word++) {
        bool is_empty = true;
        text_addf(s->out, "    %swords[%u] = ", target, word);
        for (const struct bit_field *f = s->block->fields; f != NULL; f = f->next) {
            if (f->name == NULL || f->offset / s->word_bits != word) {
                continue;
            }
            text_adds(s->out, is_empty ? "" : " |\n        ");
            emit_field_value(s, f);
            is_empty = false;
        }
        text_adds(s->out, is_empty ? "0;\n" : ";\n");
    }
}

static void emit_new(const struct shape *s)
{
    text_addf(s->out, "LIBSEL4_INLINE_FUNC CONST %s_t\n%s_new(", s->type, s->stem);
    emit_field_params(s, true);
    text_addf(s->out, ")\n{\n    %s_t made;\n\n", s->type);
    emit_words(s, "made.");
    text_adds(s->out, "    return made;\n}\n\n");

    text_addf(s->out, "LIBSEL4_INLINE_FUNC void\n%s_ptr_new(%s_t *%s_ptr", s->stem, s->type,
              s->type);
    emit_field_params(s, false);
    text_adds(s->out, ")\n{\n");
    text_addf(s->out, "    %s_t *made = %s_ptr;\n\n", s->type, s->type);
    emit_words(s, "made->");
    text_adds(s->out, "}\n\n");
}

static void emit_get(const struct shape *s, const struct bit_field *f, const char *ptr,
                     const char *access)
{
    unsigned shift = f->offset % s->word_bits;
    bool is_ptr = *ptr != '\0';
    text_addf(s->out, "LIBSEL4_INLINE_FUNC %s seL4_Uint64\n%s%s_get_%s(%s_t %s%s%s)\n{\n",
              is_ptr ? "PURE" : "CONST", s->stem, ptr, f->name, s->type, is_ptr ? "*" : "",
              s->type, ptr);
    text_addf(s->out, "    return ");
    text_addf(s->out, shift == 0 ? "%s%s%swords[%u]" : "(%s%s%swords[%u]", s->type, ptr, access,
              f->offset / s->word_bits);
    if (shift != 0) {
        text_addf(s->out, " >> %u)", shift);
    }
    if (f->bits != s->word_bits) {
        text_addf(s->out, " & 0x%llxull", mask_of(f->bits));
    }
    text_adds(s->out, ";\n}\n\n");
}

static void emit_set(const struct shape *s, const struct bit_field *f, const char *ptr,
                     const char *access)
{
    unsigned shift = f->offset % s->word_bits;
    bool is_ptr = *ptr != '\0';
    struct text word = {0};
    text_addf(&word, "%s%s%swords[%u]", s->type, ptr, access, f->offset / s->word_bits);
    text_addf(s->out,
              "LIBSEL4_INLINE_FUNC %s%s%s\n%s%s_set_%s(%s_t %s%s%s, seL4_Uint64 v64)\n{\n",
              is_ptr ? "" : "CONST ", is_ptr ? "void" : s->type, is_ptr ? "" : "_t", s->stem,
              ptr, f->name, s->type, is_ptr ? "*" : "", s->type, ptr);
    if (f->bits == s->word_bits) {
        text_addf(s->out, "    %s = v64;\n", word.data);
    } else {
        text_addf(s->out, "    %s &= ~0x%llxull;\n", word.data, mask_of(f->bits) << shift);
        text_addf(s->out, "    %s |= (v64 & 0x%llxull) << %u;\n", word.data, mask_of(f->bits),
                  shift);
    }
    if (!is_ptr) {
        text_addf(s->out, "    return %s;\n", s->type);
    }
    text_adds(s->out, "}\n\n");
    text_fini(&word);
}

static void emit_functions(const struct shape *s)
{
    emit_new(s);
    for (const struct bit_field *f = s->block->fields; f != NULL; f = f->next) {
        if (f->name == NULL || is_tag(s, f)) {
            continue;
        }
        emit_get(s, f, "", ".");
        emit_set(s, f, "", ".");
        emit_get(s, f, "_ptr", "->");
        emit_set(s, f, "_ptr", "->");
    }
}

static void emit_type(struct text *out, const char *name, unsigned words)
{
    text_addf(out, "struct %s {\n    seL4_Uint64 words[%u];\n};\ntypedef struct %s %s_t;\n\n",
              name, words, name, name);
}

static void emit_layout(const struct bits *bits, const struct bit_block *b, struct text *out)
{
    for (const struct bit_field *f = b->fields; f != NULL; f = f->next) {
        if (f->name == NULL) {
            continue;
        }
        unsigned low = f->offset % bits->word_bits;
        text_addf(out, " *     word %-2u bits %2u..%-2u  %s\n", f->offset / bits->word_bits,
                  low + f->bits - 1, low, f->name);
    }
}

static void emit_block(const struct bits *bits, const struct bit_block *b, struct text *out)
{
    text_adds(out, "/*\n");
    emit_wrapped(out, " * ", b->brief == NULL ? b->name : b->brief);
    text_adds(out, " *\n");
    emit_layout(bits, b, out);
    text_adds(out, " *\n * ");
    emit_place(out, b->at);
    text_adds(out, "\n */\n");
    emit_type(out, b->name, b->bits / bits->word_bits);
    struct shape s = {
        .out = out, .block = b, .type = b->name, .stem = b->name, .word_bits = bits->word_bits};
    emit_functions(&s);
}

static void emit_union_head(const struct bits *bits, const struct bit_union *u,
                            struct text *out)
{
    const struct bit_field *tag = bits_field(u->tags->block, u->tag_field);
    emit_comment(out, 0, u->brief == NULL ? u->name : u->brief, u->at);
    emit_type(out, u->name, u->tags->block->bits / bits->word_bits);
    text_addf(out, "enum %s_tag {\n", u->name);
    for (const struct bit_tag *t = u->tags; t != NULL; t = t->next) {
        text_addf(out, "    %s_%s = %u,\n", u->name, t->name, t->value);
    }
    text_addf(out, "};\ntypedef enum %s_tag %s_tag_t;\n\n", u->name, u->name);

    struct shape s = {.out = out,
                      .block = u->tags->block,
                      .type = u->name,
                      .stem = u->name,
                      .word_bits = bits->word_bits};
    emit_get(&s, tag, "", ".");
    emit_get(&s, tag, "_ptr", "->");
    text_addf(out, "LIBSEL4_INLINE_FUNC CONST int %s_%s_equals(%s_t %s,\n", u->name,
              u->tag_field, u->name, u->name);
    text_addf(out, "    seL4_Uint64 %s_type_tag)\n{\n", u->name);
    text_addf(out, "    return %s_get_%s(%s) == %s_type_tag;\n}\n\n", u->name, u->tag_field,
              u->name, u->name);
}

static void emit_union(const struct gen *g, const struct bits *bits, const struct bit_union *u,
                       struct text *out)
{
    emit_union_head(bits, u, out);
    for (const struct bit_tag *t = u->tags; t != NULL; t = t->next) {
        const char *stem = arena_printf(g->arena, "%s_%s", u->name, t->name);
        text_addf(out, "/*\n * %s\n *\n", stem);
        emit_layout(bits, t->block, out);
        text_adds(out, " *\n * ");
        emit_place(out, t->block->at);
        text_adds(out, "\n */\n");
        struct shape s = {.out = out,
                          .block = t->block,
                          .type = u->name,
                          .stem = stem,
                          .tag_field = u->tag_field,
                          .tag = stem,
                          .word_bits = bits->word_bits};
        emit_functions(&s);
    }
}

void emit_bits(const struct gen *g, const struct bits *bits, struct text *out)
{
    for (const struct bit_block *b = bits->blocks; b != NULL; b = b->next) {
        if (!b->is_in_union) {
            emit_block(bits, b, out);
        }
    }
    for (const struct bit_union *u = bits->unions; u != NULL; u = u->next) {
        emit_union(g, bits, u, out);
    }
}

void emit_pbf(const struct bits *bits, struct text *out)
{
    text_adds(out, "-- Generated by skgen. Do not edit: change idl/sel4 and build again.\n"
                   "-- SPDX-License-Identifier: BSD-2-Clause\n");
    text_addf(out, "base %u\n", bits->word_bits);
    for (const struct bit_block *b = bits->blocks; b != NULL; b = b->next) {
        text_addf(out, "block %s {\n", b->name);
        for (const struct bit_field *f = b->fields; f != NULL; f = f->next) {
            text_addf(out, "    %s%s %u\n", f->name == NULL ? "padding" : "field ",
                      f->name == NULL ? "" : f->name, f->bits);
        }
        text_adds(out, "}\n");
    }
    for (const struct bit_union *u = bits->unions; u != NULL; u = u->next) {
        text_addf(out, "tagged_union %s %s {\n", u->name, u->tag_field);
        for (const struct bit_tag *t = u->tags; t != NULL; t = t->next) {
            text_addf(out, "    tag %s %u\n", t->name, t->value);
        }
        text_adds(out, "}\n");
    }
}
