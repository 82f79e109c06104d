/* SPDX-License-Identifier: BSD-2-Clause */
#include "bits.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { WORD_BITS = 64 };

static unsigned need_number(struct arena *a, const struct xml_node *n, const char *attr)
{
    const char *value = xml_need(a, n, attr);
    char *end = NULL;
    unsigned long number = strtoul(value, &end, 0);
    if (!(value[0] >= '0' && value[0] <= '9') || *end != '\0' || number > 1000000) {
        refuse(n->at, "write a small number", "attribute '%s' is '%s'", attr, value);
    }
    return (unsigned)number;
}

static struct bit_block *read_block(struct arena *a, const struct config *c,
                                    const struct xml_node *n)
{
    static const char *const allowed[] = {"condition", "field", "padding"};
    struct bit_block *block = arena_take(a, sizeof(*block));
    block->at = n->at;
    block->name = xml_need(a, n, "name");
    block->brief = xml_attr(n, "brief");
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        bool is_field = str_equal(e->name, "field");
        if (str_equal(e->name, "condition")) {
            continue;
        }
        if (!is_field && !str_equal(e->name, "padding")) {
            xml_unexpected(a, e, allowed, COUNT(allowed));
        }
        if (condition_holds(a, c, e)) {
            struct bit_field *field = arena_take(a, sizeof(*field));
            xml_allow(a, e, is_field ? "name bits" : "bits");
            field->at = e->at;
            field->name = is_field ? xml_need(a, e, "name") : NULL;
            field->bits = need_number(a, e, "bits");
            bits_add_field(block, field);
        }
    }
    return block;
}

static struct bit_union *read_union(struct arena *a, const struct config *c,
                                    const struct xml_node *n)
{
    static const char *const allowed[] = {"condition", "tag"};
    struct bit_union *u = arena_take(a, sizeof(*u));
    u->at = n->at;
    u->name = xml_need(a, n, "name");
    u->tag_field = xml_need(a, n, "tag");
    u->brief = xml_attr(n, "brief");
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "condition")) {
            continue;
        }
        if (!str_equal(e->name, "tag")) {
            xml_unexpected(a, e, allowed, COUNT(allowed));
        }
        if (condition_holds(a, c, e)) {
            struct bit_tag *tag = arena_take(a, sizeof(*tag));
            xml_allow(a, e, "name value");
            tag->at = e->at;
            tag->name = xml_need(a, e, "name");
            tag->value = need_number(a, e, "value");
            bits_add_tag(u, tag);
        }
    }
    return u;
}

struct bits bits_read_xml(struct arena *a, const struct config *c, const struct xml_node *n)
{
    struct bits bits = {.word_bits = WORD_BITS};
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "block") && condition_holds(a, c, e)) {
            bits_add_block(&bits, read_block(a, c, e));
        } else if (str_equal(e->name, "union") && condition_holds(a, c, e)) {
            bits_add_union(&bits, read_union(a, c, e));
        }
    }
    bits_finish(a, &bits);
    return bits;
}
