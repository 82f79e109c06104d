/* SPDX-License-Identifier: BSD-2-Clause */
#include "idl.h"

#include <string.h>

enum { WORD_BITS = 64, LONGEST_CHAIN = 16, MOST_NAMES = 1024 };

struct base_type {
    const char *name;
    unsigned bits;
};

static const struct base_type base_types[] = {
    {"int", 32},         {"long", 64},       {"seL4_Bool", 1},    {"seL4_Int8", 8},
    {"seL4_Uint8", 8},   {"seL4_Int16", 16}, {"seL4_Uint16", 16}, {"seL4_Int32", 32},
    {"seL4_Uint32", 32}, {"seL4_Int64", 64}, {"seL4_Uint64", 64}, {"seL4_Word", 64},
    {"seL4_CPtr", 64},
};

enum { BASE_TYPE_COUNT = sizeof(base_types) / sizeof(base_types[0]) };

struct search {
    const struct idl *idl;
    const char *name;
    struct type type;
    const char *alias; /* the type is another name of this one */
    bool is_found;
    const char **names; /* all names seen, for a suggestion */
    size_t name_count;
};

static void note_name(struct search *s, const char *name)
{
    if (s->name_count < MOST_NAMES) {
        s->names[s->name_count++] = name;
    }
}

static void found(struct search *s, struct type type)
{
    if (!s->is_found) {
        s->is_found = true;
        s->type = type;
    }
}

static void take_struct(struct search *s, const struct xml_node *item)
{
    struct type type = {.kind = TYPE_STRUCT};
    for (const struct xml_node *e = xml_first(item); e != NULL; e = xml_next(e)) {
        type.member_count++;
    }
    const char **members = arena_take(s->idl->arena, type.member_count * sizeof(members[0]));
    type.member_count = 0;
    for (const struct xml_node *e = xml_first(item); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "member") && condition_holds(s->idl->arena, s->idl->config, e)) {
            members[type.member_count++] = xml_need(s->idl->arena, e, "name");
        }
    }
    type.members = members;
    found(s, type);
}

static void look_at_item(void *user, const struct xml_node *item)
{
    struct search *s = user;
    bool is_type = str_equal(item->name, "type");
    bool is_enum = str_equal(item->name, "enum");
    bool is_struct = str_equal(item->name, "struct");
    const char *name = xml_attr(item, "name");
    if ((!is_type && !is_enum && !is_struct) || name == NULL) {
        return;
    }
    note_name(s, name);
    if (!str_equal(name, s->name)) {
        return;
    }
    if (is_type) {
        s->alias = xml_need(s->idl->arena, item, "as");
    } else if (is_struct) {
        take_struct(s, item);
    } else {
        found(s, (struct type){.kind = TYPE_INTEGER,
                               .bits = xml_flag(item, "long") ? WORD_BITS : 32});
    }
}

static void look_at_api(struct search *s)
{
    for (int i = 0; i < API_PART_COUNT; i++) {
        const struct api_part *part = &s->idl->api.parts[i];
        for (const struct api_struct *st = part->structs; st != NULL; st = st->next) {
            note_name(s, st->name);
            if (str_equal(st->name, s->name)) {
                found(s, (struct type){.kind = TYPE_STRUCT,
                                       .members = st->members,
                                       .member_count = st->member_count});
            }
        }
        for (const struct api_interface *in = part->interfaces; in != NULL; in = in->next) {
            note_name(s, in->name);
            if (str_equal(in->name, s->name)) {
                found(s, (struct type){.bits = WORD_BITS, .is_cap = true});
            }
        }
    }
}

static void look_at_blocks(struct search *s)
{
    size_t length = strlen(s->name);
    for (const struct header *h = s->idl->headers; h != NULL; h = h->next) {
        for (const struct bit_block *b = h->bits.blocks; b != NULL; b = b->next) {
            note_name(s, arena_printf(s->idl->arena, "%s_t", b->name));
            if (strlen(b->name) + 2 == length && str_starts(s->name, b->name) &&
                str_equal(s->name + length - 2, "_t") && b->bits == WORD_BITS) {
                found(s, (struct type){.kind = TYPE_BLOCK, .bits = WORD_BITS});
            }
        }
    }
}

static void look(struct search *s)
{
    for (size_t i = 0; i < BASE_TYPE_COUNT; i++) {
        note_name(s, base_types[i].name);
        if (str_equal(base_types[i].name, s->name)) {
            found(s, (struct type){.bits = base_types[i].bits,
                                   .is_cap = str_equal(s->name, "seL4_CPtr")});
        }
    }
    for (const struct header *h = s->idl->headers; h != NULL; h = h->next) {
        idl_each_item(s->idl, h, look_at_item, s);
    }
    look_at_blocks(s);
    if (!s->is_found && s->alias == NULL) {
        look_at_api(s);
    }
}

struct type idl_type(const struct idl *idl, const char *name, struct place at)
{
    struct search s = {.idl = idl, .name = name};
    s.names = arena_take(idl->arena, MOST_NAMES * sizeof(s.names[0]));
    for (int i = 0; i < LONGEST_CHAIN; i++) {
        s.alias = NULL;
        look(&s);
        if (s.is_found) {
            return s.type;
        }
        if (s.alias == NULL) {
            break;
        }
        s.name = s.alias;
    }
    refuse(at,
           suggest(idl->arena, name, s.names, s.name_count,
                   "describe it with a <type>, <enum>, <struct> or <block> in idl/sel4"),
           "unknown type '%s'", name);
}
