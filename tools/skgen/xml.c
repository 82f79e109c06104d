/* SPDX-License-Identifier: BSD-2-Clause */
#include "xml.h"

#include <expat.h>
#include <string.h>

enum { DEEPEST = 64 };

struct builder {
    struct arena *arena;
    const struct source *source;
    XML_Parser parser;
    struct xml_node *root;
    struct xml_node *open;
    int depth;
};

static struct place here(const struct builder *b)
{
    return (struct place){
        .source = b->source,
        .line = (int)XML_GetCurrentLineNumber(b->parser),
        .col = (int)XML_GetCurrentColumnNumber(b->parser) + 1,
    };
}

static struct xml_node *append(struct builder *b)
{
    struct xml_node *n = arena_take(b->arena, sizeof(*n));
    n->at = here(b);
    n->parent = b->open;
    if (b->open == NULL) {
        b->root = n;
    } else if (b->open->last == NULL) {
        b->open->first = n;
        b->open->last = n;
    } else {
        b->open->last->next = n;
        b->open->last = n;
    }
    return n;
}

static void XMLCALL on_start(void *user, const char *name, const char **attrs)
{
    struct builder *b = user;
    if (++b->depth > DEEPEST) {
        refuse(here(b), "flatten the file", "elements are nested deeper than %d", DEEPEST);
    }
    struct xml_node *n = append(b);
    n->name = arena_copy(b->arena, name, strlen(name));
    struct xml_attr **tail = &n->attrs;
    for (size_t i = 0; attrs[i] != NULL; i += 2) {
        struct xml_attr *attr = arena_take(b->arena, sizeof(*attr));
        attr->name = arena_copy(b->arena, attrs[i], strlen(attrs[i]));
        attr->value = arena_copy(b->arena, attrs[i + 1], strlen(attrs[i + 1]));
        *tail = attr;
        tail = &attr->next;
    }
    b->open = n;
}

static void XMLCALL on_end(void *user, const char *name)
{
    struct builder *b = user;
    (void)name;
    b->depth--;
    b->open = b->open->parent;
}

static void XMLCALL on_text(void *user, const char *s, int length)
{
    struct builder *b = user;
    if (b->open != NULL) {
        append(b)->text = arena_copy(b->arena, s, (size_t)length);
    }
}

/* Our files need no entities of their own, and files from elsewhere could bring bombs. */
static void XMLCALL on_doctype(void *user, const char *name, const char *sysid,
                               const char *pubid, int has_subset)
{
    struct builder *b = user;
    (void)name;
    (void)sysid;
    (void)pubid;
    (void)has_subset;
    refuse(here(b), "delete the <!DOCTYPE ...> declaration", "a document type is not allowed");
}

struct xml_node *xml_parse(struct arena *a, const struct source *source)
{
    struct builder b = {.arena = a, .source = source, .parser = XML_ParserCreate(NULL)};
    if (b.parser == NULL) {
        refuse((struct place){0}, "free some memory and try again", "out of memory");
    }
    XML_SetUserData(b.parser, &b);
    XML_SetElementHandler(b.parser, on_start, on_end);
    XML_SetCharacterDataHandler(b.parser, on_text);
    XML_SetStartDoctypeDeclHandler(b.parser, on_doctype);
    if (XML_Parse(b.parser, source->text, (int)source->size, 1) != XML_STATUS_OK) {
        refuse(here(&b), "check the file with: xmllint --noout FILE", "malformed XML: %s",
               XML_ErrorString(XML_GetErrorCode(b.parser)));
    }
    XML_ParserFree(b.parser);
    return b.root;
}

const char *xml_attr(const struct xml_node *n, const char *name)
{
    for (struct xml_attr *attr = n->attrs; attr != NULL; attr = attr->next) {
        if (str_equal(attr->name, name)) {
            return attr->value;
        }
    }
    return NULL;
}

const char *xml_need(struct arena *a, const struct xml_node *n, const char *name)
{
    const char *value = xml_attr(n, name);
    if (value == NULL) {
        refuse(n->at, arena_printf(a, "write <%s %s=\"...\">", n->name, name),
               "element '%s' needs the attribute '%s'", n->name, name);
    }
    return value;
}

enum { MOST_NAMES = 16 };

void xml_allow(struct arena *a, const struct xml_node *n, const char *names)
{
    const char *list[MOST_NAMES];
    size_t count = 0;
    for (const char *s = names; *s != '\0' && count < MOST_NAMES; count++) {
        size_t length = strcspn(s, " ");
        list[count] = arena_copy(a, s, length);
        s += length + strspn(s + length, " ");
    }
    for (const struct xml_attr *attr = n->attrs; attr != NULL; attr = attr->next) {
        size_t i = 0;
        while (i < count && !str_equal(list[i], attr->name)) {
            i++;
        }
        if (i == count) {
            refuse(n->at,
                   suggest(a, attr->name, list, count, arena_printf(a, "allowed: %s", names)),
                   "unknown attribute '%s' of '%s'", attr->name, n->name);
        }
    }
}

bool xml_flag(const struct xml_node *n, const char *name)
{
    const char *value = xml_attr(n, name);
    if (value == NULL || str_equal(value, "false")) {
        return false;
    }
    if (!str_equal(value, "true")) {
        refuse(n->at, "write true or false", "attribute '%s' is '%s'", name, value);
    }
    return true;
}

struct xml_node *xml_first(const struct xml_node *n)
{
    struct xml_node *child = n->first;
    while (child != NULL && child->name == NULL) {
        child = child->next;
    }
    return child;
}

struct xml_node *xml_next(const struct xml_node *n)
{
    struct xml_node *next = n->next;
    while (next != NULL && next->name == NULL) {
        next = next->next;
    }
    return next;
}

struct xml_node *xml_child(const struct xml_node *n, const char *name)
{
    for (struct xml_node *c = xml_first(n); c != NULL; c = xml_next(c)) {
        if (str_equal(c->name, name)) {
            return c;
        }
    }
    return NULL;
}

void xml_unexpected(struct arena *a, const struct xml_node *n, const char *const *allowed,
                    size_t allowed_count)
{
    struct text list = {0};
    for (size_t i = 0; i < allowed_count; i++) {
        text_addf(&list, "%s%s", i == 0 ? "allowed here: " : ", ", allowed[i]);
    }
    const char *otherwise = arena_copy(a, list.data == NULL ? "" : list.data, list.length);
    text_fini(&list);
    refuse(n->at, suggest(a, n->name, allowed, allowed_count, otherwise),
           "unknown element '%s'%s%s%s", n->name, n->parent == NULL ? "" : " in '",
           n->parent == NULL ? "" : n->parent->name, n->parent == NULL ? "" : "'");
}
