/*
 * Faults out of messages. A fault's fields are the words of its message, in order: the
 * kernel sends them so, and fault_decoder relies on it.
 *
 *     <fault_decoder union="seL4_Fault" function="seL4_getFault"
 *                    only="CapFault DebugException" otherwise="seL4_getArchFault(tag)"/>
 *
 * only or except lists the tags to decode, or not to; otherwise is what any other label
 * gives.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "emit.h"

#include <string.h>

static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *s = list; *s != '\0';) {
        size_t span = strcspn(s, " ");
        if (span == length && strncmp(s, word, length) == 0) {
            return true;
        }
        s += span + strspn(s + span, " ");
    }
    return false;
}

static const struct bit_union *find_union(const struct gen *g, const char *name,
                                          struct place at)
{
    for (const struct header *h = g->idl->headers; h != NULL; h = h->next) {
        for (const struct bit_union *u = h->bits.unions; u != NULL; u = u->next) {
            if (str_equal(u->name, name)) {
                return u;
            }
        }
    }
    refuse(at, "describe it with <union name=\"...\">", "unknown union '%s'", name);
}

static void emit_case(const struct bit_union *u, const struct bit_tag *tag, struct text *out)
{
    text_addf(out, "    case %s_%s:\n        return %s_%s_new(", u->name, tag->name, u->name,
              tag->name);
    unsigned word = 0;
    for (const struct bit_field *f = tag->block->fields; f != NULL; f = f->next) {
        if (f->name != NULL && !str_equal(f->name, u->tag_field)) {
            text_addf(out, "%s\n            seL4_GetMR(%u)", word == 0 ? "" : ",", word);
            word++;
        }
    }
    text_adds(out, ");\n");
}

void emit_fault_decoder(const struct gen *g, const struct xml_node *item, struct text *out)
{
    const struct bit_union *u = find_union(g, xml_need(g->arena, item, "union"), item->at);
    const char *function = xml_need(g->arena, item, "function");
    const char *otherwise = xml_need(g->arena, item, "otherwise");
    const char *only = xml_attr(item, "only");
    const char *except = xml_attr(item, "except");
    emit_comment(out, 0, xml_attr(item, "brief"), item->at);
    text_addf(out, "LIBSEL4_INLINE_FUNC %s_t %s(seL4_MessageInfo_t tag)\n{\n", u->name,
              function);
    text_adds(out, "    switch (seL4_MessageInfo_get_label(tag)) {\n");
    for (const struct bit_tag *t = u->tags; t != NULL; t = t->next) {
        bool is_left_out = (only != NULL && !has_word(only, t->name)) ||
                           (except != NULL && has_word(except, t->name));
        if (!is_left_out) {
            emit_case(u, t, out);
        }
    }
    text_addf(out, "    default:\n        return %s;\n    }\n}\n\n", otherwise);
}
